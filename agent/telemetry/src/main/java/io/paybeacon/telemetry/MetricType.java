package io.paybeacon.telemetry;

/** How a metric behaves. */
public enum MetricType {
    /** It only grows. */
    COUNTER,
    /** It goes up and down. */
    GAUGE,
    /** Counts of durations by size, kept in nanoseconds and exposed in seconds. */
    HISTOGRAM,
    /** A constant 1 whose labels tell something. */
    INFO
}
