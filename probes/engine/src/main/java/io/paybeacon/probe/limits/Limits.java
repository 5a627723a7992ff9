package io.paybeacon.probe.limits;

import java.time.Duration;

/** The limits of the probe engine. A plan or a gateway can ask for less, never for more. */
public final class Limits {

    /** Characters of a plan file. */
    public static final int PLAN_CHARS_MAX = 256 * 1024;

    /** Nesting of a plan file, in levels. */
    public static final int PLAN_DEPTH_MAX = 24;

    /** Mistakes of one plan that are reported together. */
    public static final int PLAN_PROBLEMS_MAX = 50;

    /** Steps of a plan, and cleanup steps of a plan. */
    public static final int PLAN_STEPS_MAX = 50;

    /** Longest timeout of a plan or of a step. */
    public static final Duration PLAN_TIMEOUT_MAX = Duration.ofMinutes(15);

    /** Timeout of a step whose plan gives none. */
    public static final Duration STEP_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    /** Time in which the cleanup of one run ends, whatever the gateway does. */
    public static final Duration CLEANUP_TIMEOUT = Duration.ofSeconds(30);

    /** Time a run in flight gets, on close, to reach the end of its present step. */
    public static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(40);

    /** Bytes of a response body, after transfer decoding, that a step accepts by default. */
    public static final int BODY_BYTES_MAX = 1024 * 1024;

    /** Bytes read from a connection on top of twice the body limit: head, TLS records, chunking. */
    public static final int RAW_OVERHEAD_BYTES_MAX = 64 * 1024;

    /** Bytes of a response head; a real one with policy and cookie headers passes 8 KiB. */
    public static final int HEAD_BYTES_MAX = 64 * 1024;

    /** Bytes of the first line of a response. */
    public static final int STATUS_LINE_BYTES_MAX = 16 * 1024;

    /** Kernel send buffer: a large one would hide the time an upload takes. */
    public static final int SEND_BUFFER_BYTES = 64 * 1024;

    /** HTTP/2 flow-control window: larger than any body, so that it never slows a transfer. */
    public static final int HTTP2_WINDOW_BYTES = 16 * 1024 * 1024;

    /** Time in which one name server answers, before the next one of the machine is asked. */
    public static final Duration DNS_QUERY_TIMEOUT = Duration.ofSeconds(5);

    /** TLS contexts kept: one for each profile in use, with and without HTTP/2. */
    public static final int TLS_CONTEXTS_MAX = 256;

    /** Certificates whose facts are remembered, so that they are not read at each attempt. */
    public static final int CERTIFICATES_REMEMBERED_MAX = 512;

    /** Chains of certificates, each for one name, that are remembered as accepted. */
    public static final int CHAINS_ACCEPTED_MAX = 512;

    /** How long an accepted chain is accepted again without being verified anew. */
    public static final Duration CHAIN_ACCEPTED_TIME = Duration.ofMinutes(10);

    /** Bytes read in a TLS handshake: long chains and many authorities of a client certificate. */
    public static final int HANDSHAKE_BYTES_MAX = 256 * 1024;

    /** Bytes scanned for the patterns of one TCP dialogue: bounds the time that drips cost. */
    public static final long TCP_SCAN_BYTES_MAX = 4 * 1024 * 1024;

    /** Bytes of an answer of a name server, over TCP (RFC 1035, section 4.2.2). */
    public static final int DNS_MESSAGE_BYTES_MAX = 65_535;

    /** Records of an answer of a name server that are read. */
    public static final int DNS_RECORDS_MAX = 256;

    /** Bytes of an answer to a gRPC health check. */
    public static final int GRPC_ANSWER_BYTES_MAX = 4096;

    /** Attempts of the warm-up, against a server of the agent's own. */
    public static final int WARM_UP_ATTEMPTS = 300;

    /** Attempts of the warm-up at the same time. */
    public static final int WARM_UP_LANES = 2;

    /** Time after which the warm-up begins no further attempt. */
    public static final Duration WARM_UP_TIME = Duration.ofMillis(900);

    /** Nesting of a JSON response, in levels. */
    public static final int JSON_DEPTH_MAX = 64;

    /** Nesting of an XML response, in levels. */
    public static final int XML_DEPTH_MAX = 64;

    /** Characters of a regular expression or an XPath of a plan. */
    public static final int PATTERN_CHARS_MAX = 1000;

    /** Redirects that one step follows. */
    public static final int REDIRECTS_MAX = 10;

    /** OAuth2 tokens that are kept, over all probes. */
    public static final int TOKENS_MAX = 1000;

    /** Characters of an OAuth2 token. */
    public static final int TOKEN_CHARS_MAX = 16 * 1024;

    /** Bytes of the answer that brings an OAuth2 token. */
    public static final int TOKEN_BYTES_MAX = 64 * 1024;

    /** A token is given up this long before it expires: it must live through the step. */
    public static final Duration TOKEN_SPARE = Duration.ofSeconds(60);

    /** How long a token is kept whose server does not say when it expires. */
    public static final Duration TOKEN_LIFE_DEFAULT = Duration.ofMinutes(5);

    /** Longest age of a run that a search waits for before it says that nothing is held. */
    public static final Duration GONE_AFTER_MAX = Duration.ofDays(30);

    /** Bytes that a TCP dialogue reads by default. */
    public static final int DIALOGUE_BYTES_MAX = 64 * 1024;

    /** Turns of a TCP dialogue. */
    public static final int DIALOGUE_TURNS_MAX = 50;

    /** Attributes of one span. */
    public static final int SPAN_ATTRIBUTES_MAX = 32;

    /** Characters of one value that a plan extracts from a response. */
    public static final int VALUE_CHARS_MAX = 4096;

    /** Lines of the debug log of one run. */
    public static final int DEBUG_LINES_MAX = 400;

    /** Characters of one line of the debug log of a run. */
    public static final int DEBUG_LINE_CHARS_MAX = 2048;

    /** Webhook arrivals kept for runs that have not waited for them yet. */
    public static final int INBOX_ARRIVALS_MAX = 10_000;

    /** Webhook arrivals kept for one run. */
    public static final int INBOX_ARRIVALS_PER_RUN_MAX = 64;

    /** Journal size from which it is rewritten with its open entries only. */
    public static final long JOURNAL_BYTES_MAX = 1024 * 1024;

    /** Bytes of one line of the journal. */
    public static final int JOURNAL_LINE_BYTES_MAX = 64 * 1024;

    /** Runs with money possibly left behind, beyond which no further run may hold money. */
    public static final int JOURNAL_OPEN_RUNS_MAX = 1000;

    /** A probe that starts later than this after it was due is accounted as late. */
    public static final Duration SLOT_LATE_AFTER = Duration.ofSeconds(1);

    /** A slot whose probe could not start within this time is missed: no burst after a pause. */
    public static final Duration SLOT_MISSED_AFTER = Duration.ofSeconds(5);

    /** Leftovers of earlier runs that are cleaned after one run of the same probe. */
    public static final int LEFTOVERS_PER_RUN_MAX = 3;

    /** Longest sleep of the scheduler: bounds the time in which a clock jump stays unseen. */
    public static final Duration SCHEDULER_SLEEP_MAX = Duration.ofSeconds(1);

    /** Difference between wall clock and monotonic clock that counts as a jump. */
    public static final Duration CLOCK_JUMP_MIN = Duration.ofSeconds(1);

    /** Attempts that wait for their turn at one gateway. */
    public static final int PACE_WAITING_MAX = 1000;

    /** Runs asked for by hand that wait for room at one gateway. */
    public static final int RUNS_WAITING_MAX = 1000;

    /** Probes of an agent. */
    public static final int PROBES_MAX = 10_000;

    /** Targets kept for leftovers after their probe was changed or removed. */
    public static final int RETIRED_TARGETS_MAX = 1000;

    /** Time between two tries to clean what probes that do not run have left. */
    public static final Duration LEFTOVER_RETRY = Duration.ofMinutes(1);

    /** Leftovers that are cleaned in one such try. */
    public static final int LEFTOVERS_PER_RETRY_MAX = 20;

    /** Shortest interval of a probe. */
    public static final Duration INTERVAL_MIN = Duration.ofSeconds(1);

    private Limits() {}
}
