package io.paybeacon.telemetry;

/** The limits of the exposition, in one place. */
final class Limits {
    /** The samples of one agent: a histogram counts each bucket, its sum and its count. */
    static final int SAMPLES_MAX = 6_000;

    /** The samples kept for what stands for others, so that totals stay right. */
    static final int SAMPLES_OF_OVERFLOW_MAX = 200;

    /**
     * The samples of series with label values from outside, such as currencies and the names of
     * steps: all the others are as many as the configuration makes them.
     */
    static final int SAMPLES_OF_FOREIGN_MAX = 400;

    /** The same of one metric, so that one with wild labels cannot starve the others. */
    static final int SAMPLES_OF_FOREIGN_PER_METRIC_MAX = SAMPLES_OF_FOREIGN_MAX / 2;

    /** The length of a label value, in code points. */
    static final int LABEL_VALUE_CODE_POINTS_MAX = 64;

    /** The length of an {@code Accept} header that is read, in characters. */
    static final int ACCEPT_CHARS_MAX = 2_000;

    private Limits() {}
}
