package io.paybeacon.server.http;

import java.time.Duration;

/** The limits of the HTTP door, in one place. */
public final class Limits {
    /** The body of a webhook, unless configured otherwise. The adapters read no larger ones. */
    public static final int BODY_BYTES_DEFAULT = 1 << 20;

    /** The bodies of all webhooks that are held at once. */
    static final int BODY_BYTES_HELD_MAX = 64 << 20;

    /** From the headers of a webhook to its last byte, in milliseconds, unless configured. */
    public static final int BODY_READ_MILLIS_DEFAULT = 10_000;

    /** The longest wait of a request that can be configured, in milliseconds. */
    static final int WAIT_MILLIS_MAX = 60_000;

    /** How long the rest of a refused body is let run before the connection is closed. */
    static final int BODY_DISCARD_MILLIS_MAX = 2_000;

    /** The largest body that is verified and read on the event loop; larger ones go to workers. */
    static final int BODY_BYTES_ON_EVENT_LOOP_MAX = 16 << 10;

    /**
     * How long a webhook waits to become durable, in milliseconds, unless configured. Gateways give
     * up after 10 s or more, and an answer in time says more than a broken connection.
     */
    public static final int DURABLE_WAIT_MILLIS_DEFAULT = 8_000;

    /** When a sender who was refused for lack of room should come again, in seconds. */
    static final int RETRY_AFTER_SECONDS = 5;

    /** The request line, in bytes. */
    static final int REQUEST_LINE_BYTES_MAX = 4 << 10;

    /** All headers of a request, in bytes. */
    static final int HEADER_BYTES_MAX = 16 << 10;

    /** How long a connection may be silent, in seconds. */
    static final int IDLE_SECONDS_MAX = 60;

    /** How long a TLS handshake may take, in seconds. */
    static final int HANDSHAKE_SECONDS_MAX = 10;

    /** The connections that are open at once. */
    static final int CONNECTIONS_MAX = 1_024;

    /** The questions that are answered off the event loop at once. */
    static final int QUESTIONS_MAX = 64;

    /** How long the committed state of a key is waited for, in milliseconds. */
    static final int FIND_MILLIS_MAX = 5_000;

    /** The findings of a page that does not say how many. */
    static final int PAGE_ITEMS_DEFAULT = 50;

    /** The body of an act on a finding, in bytes. */
    static final int ACT_BYTES_MAX = 16 << 10;

    /** A word or a time in the body of an act, in characters. */
    static final int ACT_WORD_CHARS_MAX = 64;

    /** To whom a finding is assigned, in characters. */
    static final int ASSIGNEE_CHARS_MAX = 128;

    /** A remark on a finding, in characters. */
    static final int REMARK_CHARS_MAX = 4_000;

    /** The key by which a caller tells a repeated act, in characters. */
    static final int IDEMPOTENCY_CHARS_MAX = 128;

    /** How long a finding can be put aside. */
    static final Duration SNOOZE_MAX = Duration.ofDays(90);

    /** How often a durable act is looked for until it is visible. */
    static final int SEEN_TRIES_MAX = 500;

    /** Between two looks. */
    static final Duration SEEN_PAUSE = Duration.ofMillis(10);

    /** The platform's id of a customer, in characters. */
    static final int CUSTOMER_CHARS_MAX = 256;

    /** The platform's reference of an order, in characters. */
    static final int REFERENCE_CHARS_MAX = 256;

    /** The last runs of a probe that passed and are kept. */
    static final int RUNS_PASSED_KEPT_MAX = 5;

    /** The last runs of a probe that did not pass and are kept. */
    static final int RUNS_FAILED_KEPT_MAX = 15;

    /** The characters of all debug logs that are kept together. */
    static final long RUNS_KEPT_CHARS_MAX = 8L << 20;

    /** An Authorization header, in characters; longer ones are not compared. */
    static final int AUTHORIZATION_CHARS_MAX = 1_024;

    /** How long a reload is waited for, in milliseconds. */
    static final int RELOAD_MILLIS_MAX = 60_000;

    /** How many events of one erasure are told to the engine at once. */
    static final int ERASURE_EVENTS_MAX = 1_000;

    private Limits() {}
}
