package io.paybeacon.probe.pace;

/** The answer to an attempt that asked whether it may be sent. */
public sealed interface Turn {

    /** How long it waited, in nanoseconds of the monotonic clock. */
    long waitedNanos();

    /** It may be sent now. */
    record Granted(long waitedNanos) implements Turn {}

    /**
     * It must not be sent.
     *
     * @param why one sentence for people
     */
    record Refused(long waitedNanos, String why) implements Turn {}
}
