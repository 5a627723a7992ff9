package io.paybeacon.telemetry;

/** The limits of the exposition, in one place. */
final class Limits {
    /** The samples of one agent: a histogram counts each bucket, its sum and its count. */
    static final int SAMPLES_MAX = 6_000;

    /** The samples kept for what overflows, so that totals stay right when the rest is used. */
    static final int SAMPLES_RESERVED_FOR_OVERFLOW = 300;

    /** The samples of one metric, so that one metric with wild labels cannot starve the others. */
    static final int SAMPLES_PER_METRIC_MAX = SAMPLES_MAX / 2;

    /** The length of a label value, in code points. */
    static final int LABEL_VALUE_CODE_POINTS_MAX = 64;

    /** The length of an {@code Accept} header that is read, in characters. */
    static final int ACCEPT_CHARS_MAX = 2_000;

    private Limits() {}
}
