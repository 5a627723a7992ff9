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

    /** Nesting of a JSON response, in levels. */
    public static final int JSON_DEPTH_MAX = 64;

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

    /** Missed slots of one gap that are reported one by one; a leap of years would be millions. */
    public static final int MISSED_SLOTS_REPORTED_MAX = 1000;

    /** Leftovers of earlier runs that are cleaned after one run of the same probe. */
    public static final int LEFTOVERS_PER_RUN_MAX = 3;

    /** Longest sleep of the scheduler: bounds the time in which a clock jump stays unseen. */
    public static final Duration SCHEDULER_SLEEP_MAX = Duration.ofSeconds(1);

    /** Difference between wall clock and monotonic clock that counts as a jump. */
    public static final Duration CLOCK_JUMP_MIN = Duration.ofSeconds(1);

    /** Shortest interval of a probe. */
    public static final Duration INTERVAL_MIN = Duration.ofSeconds(1);

    private Limits() {}
}
