package io.paybeacon.probe.health;

/** Hears how the agent is. Called on several threads; it must not block. */
public interface HealthListener {

    /** Hears nothing. */
    HealthListener NONE = new HealthListener() {};

    /** A check is ill or well again. It fell ill once for each such call that says so. */
    default void onChange(HealthState state) {}

    /**
     * How late an event loop was.
     *
     * @param nanos nanoseconds of the monotonic clock, not negative
     */
    default void onLoopLag(long nanos) {}
}
