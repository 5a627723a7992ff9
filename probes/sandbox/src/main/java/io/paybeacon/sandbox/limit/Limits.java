package io.paybeacon.sandbox.limit;

/** The sandbox's limits. Names end with their unit; what happens at the limit is said beside it. */
public final class Limits {
    /** Longest request body read; a longer one is answered with 413. */
    public static final int REQUEST_BODY_BYTES_MAX = 64 * 1024;

    /** Most parameters in one request; more are answered with 400. */
    public static final int REQUEST_PARAMETERS_MAX = 200;

    /** Metadata as the gateway documents it: keys of one object. */
    public static final int METADATA_KEYS_MAX = 50;

    /** Metadata as the gateway documents it: length of a key. */
    public static final int METADATA_KEY_CHARS_MAX = 40;

    /** Metadata as the gateway documents it: length of a value. */
    public static final int METADATA_VALUE_CHARS_MAX = 500;

    /** Longest idempotency key, as the gateway documents it. */
    public static final int IDEMPOTENCY_KEY_CHARS_MAX = 255;

    /** Stored idempotent results; the oldest finished one is dropped first. */
    public static final int IDEMPOTENCY_RESULTS_MAX = 20_000;

    /** Valid access tokens of a gateway that has such; the oldest is no longer accepted. */
    public static final int ACCESS_TOKENS_MAX = 1_000;

    /** Payments kept; the oldest finished one is dropped first, balances keep its money. */
    public static final int PAYMENTS_MAX = 50_000;

    /** Largest amount of the card processor, in minor units; a larger one is answered with 400. */
    public static final long CARD_AMOUNT_MINOR_MAX = 99_999_999L;

    /** Largest page of a list, as the gateway documents it. */
    public static final int PAGE_OBJECTS_MAX = 100;

    /** Clauses of one search query, as the gateway documents it. */
    public static final int SEARCH_CLAUSES_MAX = 10;

    /** Faults installed at a time; one more is refused. */
    public static final int FAULTS_MAX = 64;

    /** Longest text of one fault. */
    public static final int FAULT_CHARS_MAX = 1_000;

    /** Longest delay, start or duration a fault may ask for. */
    public static final long FAULT_MILLIS_MAX = 24L * 60 * 60 * 1000;

    /** Longest fault schedule. */
    public static final int SCHEDULE_CHARS_MAX = 200_000;

    /** Requests held open by black-hole faults; one more is reset instead. */
    public static final int BLACK_HOLES_MAX = 1_000;

    /** Connections a silent port accepts; one more gets no answer to its SYN. */
    public static final int SILENT_CONNECTIONS_MAX = 1_000;

    /** How often it is looked whether a fault of the ports began or ended by itself. */
    public static final long PORT_CHECK_MILLIS = 50;

    /** Tries to take a port back after a fault of it; then the change has failed. */
    public static final int PORT_TRIES_MAX = 200;

    /** Wait between two such tries. */
    public static final long PORT_RETRY_MILLIS = 10;

    /** Longest wait of who installs or removes a fault for the ports to follow. */
    public static final long PORT_CHANGE_MILLIS_MAX = 5_000;

    /** Webhook endpoints; one more is refused. */
    public static final int WEBHOOK_ENDPOINTS_MAX = 16;

    /** Deliveries waiting or under way; one more is dropped and counted. */
    public static final int WEBHOOK_QUEUE_MAX = 10_000;

    /** Deliveries under way at a time. */
    public static final int WEBHOOKS_IN_FLIGHT_MAX = 16;

    /** Attempts of one delivery; the gateway's documented three days are cut short here. */
    public static final int WEBHOOK_ATTEMPTS_MAX = 6;

    /** First wait between two attempts; it doubles with each attempt. */
    public static final long WEBHOOK_BACKOFF_MILLIS = 500;

    /** Longest wait for a webhook receiver's answer. */
    public static final long WEBHOOK_ANSWER_MILLIS_MAX = 10_000;

    /** Orders whose terminal webhooks are withheld; the oldest is forgotten first. */
    public static final int WITHHELD_ORDERS_MAX = 10_000;

    /** Orders remembered as ground truth; the oldest is forgotten first and counted. */
    public static final int GROUND_TRUTH_ORDERS_MAX = 50_000;

    /** Calls of the marketplace that wait for a free connection; one more fails. */
    public static final int MARKET_WAITING_MAX = 2_000;

    /** Connections of the marketplace to the gateway. */
    public static final int MARKET_CONNECTIONS_MAX = 32;

    /** Orders not finished yet; one more is skipped and counted. */
    public static final int MARKET_OPEN_ORDERS_MAX = 10_000;

    /** Wait of the marketplace before it repeats a failed call. */
    public static final long MARKET_RETRY_MILLIS = 1_000;

    /** Longest wait of the marketplace for one answer of the gateway. */
    public static final long MARKET_ANSWER_MILLIS_MAX = 10_000;

    /** Longest wait for the sandbox to listen. */
    public static final long START_MILLIS_MAX = 20_000;

    /** Longest wait for work under way when the sandbox is closed; then it is cancelled. */
    public static final long CLOSE_MILLIS_MAX = 5_000;

    private Limits() {}
}
