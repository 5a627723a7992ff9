package io.paybeacon.probe.pace;

/**
 * Lets at most {@code burst + rate x t} attempts pass in any time {@code t}. Counts in nanoseconds
 * of credit, whole numbers only, so that nothing is lost to rounding. Not thread-safe.
 */
final class TokenBucket {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private long costNanos;
    private long creditMaxNanos;
    private long creditNanos;
    private long lastNanos;

    /** A full bucket. */
    TokenBucket(GatewayPace pace, long nowNanos) {
        this.costNanos = cost(pace);
        this.creditMaxNanos = costNanos * pace.burst();
        this.creditNanos = creditMaxNanos;
        this.lastNanos = nowNanos;
    }

    /** Rounded up: never faster than the pace. */
    private static long cost(GatewayPace pace) {
        return Math.ceilDiv(SECOND_NANOS, pace.requestsPerSecond());
    }

    /** Goes on at another pace, with as many tokens as there are, up to the new burst. */
    void change(GatewayPace pace, long nowNanos) {
        refill(nowNanos);
        long tokens = creditNanos / costNanos;
        costNanos = cost(pace);
        creditMaxNanos = costNanos * pace.burst();
        creditNanos = Math.min(creditMaxNanos, tokens * costNanos);
    }

    /** Takes a token, if there is one. */
    boolean tryTake(long nowNanos) {
        refill(nowNanos);
        if (creditNanos < costNanos) {
            return false;
        }
        creditNanos -= costNanos;
        return true;
    }

    /** Time until there is a token; zero when there is one. */
    long untilNextNanos(long nowNanos) {
        refill(nowNanos);
        return Math.max(0, costNanos - creditNanos);
    }

    /** Whether the whole burst is there. */
    boolean isFull(long nowNanos) {
        refill(nowNanos);
        return creditNanos == creditMaxNanos;
    }

    private void refill(long nowNanos) {
        long passed = Math.max(0, nowNanos - lastNanos);
        lastNanos += passed;
        // The room is compared first: after a long time the sum could overflow.
        long room = creditMaxNanos - creditNanos;
        creditNanos = passed >= room ? creditMaxNanos : creditNanos + passed;
    }
}
