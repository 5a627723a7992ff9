package io.paybeacon.sandbox.market;

/**
 * How the waits of life become waits of the sandbox: compressed by a logarithm, so that what takes
 * longer still takes longer, and months are over within a minute and a half.
 *
 * @param speed divides the compressed wait: at 1 half a minute becomes eleven seconds, a day
 *     almost a minute
 */
record Pace(double speed) {
    private static final double UNIT_MILLIS = 6_000;

    /** The wait in the sandbox, in milliseconds; at least one. */
    long millis(long lifeMillis) {
        double compressed = UNIT_MILLIS * StrictMath.log1p(Math.max(0, lifeMillis) / UNIT_MILLIS);
        return Math.max(1, (long) (compressed / speed));
    }
}
