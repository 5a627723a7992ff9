package io.paybeacon.server.http;

import io.paybeacon.server.config.WebhookLimits;

/** How many requests of one sender are left at the moment. Safe for use by many threads. */
final class TokenBucket {
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** In parts of a request: a billion each, so that every nanosecond counts. */
    private long parts;

    private long filledAtNanos;

    /**
     * A full one.
     *
     * @param nowNanos by a monotonic clock
     */
    TokenBucket(WebhookLimits limits, long nowNanos) {
        this.parts = limits.burst() * SECOND_NANOS;
        this.filledAtNanos = nowNanos;
    }

    /**
     * Takes one request out.
     *
     * @param limits those that hold now
     * @param nowNanos by a monotonic clock
     * @return 0, or how many nanoseconds there is none, and none is taken
     */
    synchronized long take(WebhookLimits limits, long nowNanos) {
        long rate = limits.requestsPerSecond();
        long full = limits.burst() * SECOND_NANOS;
        // Beyond this the bucket is full whatever was in it; before, the product cannot overflow.
        long passed = Math.min(nowNanos - filledAtNanos, full / rate + 1);
        parts = Math.min(full, parts + Math.max(0, passed) * rate);
        filledAtNanos = nowNanos;
        if (parts >= SECOND_NANOS) {
            parts -= SECOND_NANOS;
            return 0;
        }
        return (SECOND_NANOS - parts + rate - 1) / rate;
    }
}
