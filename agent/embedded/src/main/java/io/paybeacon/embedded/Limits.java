package io.paybeacon.embedded;

import java.time.Duration;

/** The limits of the engine that nobody needs to set. */
final class Limits {
    /** How many deadlines are read ahead of time; about twice as many are in memory at most. */
    static final int DEADLINES_AHEAD_MAX = 65_536;

    /** How many of the states that changed last are kept as objects, besides those of one epoch. */
    static final int RECENT_STATES_MAX = 16_384;

    /** How many outputs the sink is handed at once. */
    static final int DELIVERY_BATCH_OUTPUTS_MAX = 256;

    /** How long after a refusal by the sink it is tried again; doubled with each refusal. */
    static final Duration DELIVERY_RETRY_MIN = Duration.ofMillis(50);

    /** The longest pause between two tries. */
    static final Duration DELIVERY_RETRY_MAX = Duration.ofSeconds(30);

    /** How many ticks and references wait at most. */
    static final int QUEUED_CONTROLS_MAX = 1_024;

    /** How many look-ups of states that are not in memory wait at most. */
    static final int QUEUED_FINDS_MAX = 1_024;

    /** How many segments a slow checkpoint lets a log file grow to before epochs wait for it. */
    static final int SEGMENT_OVERRUN_MAX = 4;

    /** How long a closing engine waits for a sink that does not return. */
    static final Duration CLOSE_SINK_WAIT = Duration.ofSeconds(5);

    /** How long after a failure for want of space a write is tried again. */
    static final Duration WRITE_RETRY = Duration.ofMillis(250);

    /** How often it is looked how much of the disk is free. */
    static final Duration DISK_LOOK_EVERY = Duration.ofMillis(100);

    /** A store up to this size is checked byte by byte before the start, a larger one behind it. */
    static final long CHECK_AT_START_BYTES_MAX = 256L << 20;

    private Limits() {}
}
