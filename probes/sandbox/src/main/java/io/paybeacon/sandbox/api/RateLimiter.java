package io.paybeacon.sandbox.api;

import java.time.InstantSource;

/** A bucket of one second's worth of requests that refills evenly. Thread-safe. */
final class RateLimiter {
    /** A bucket has room again well within a second. */
    static final long RETRY_AFTER_SECONDS = 1;

    private static final long SCALE = 1_000;

    private final long requestsPerSecondMax;
    private final InstantSource clock;
    private long milliRequests;
    private long filledAtMillis;

    RateLimiter(long requestsPerSecondMax, InstantSource clock) {
        this.requestsPerSecondMax = requestsPerSecondMax;
        this.clock = clock;
        this.milliRequests = requestsPerSecondMax * SCALE;
        this.filledAtMillis = clock.millis();
    }

    synchronized boolean admit() {
        long now = clock.millis();
        long elapsedMillis = Math.clamp(now - filledAtMillis, 0, 1_000);
        filledAtMillis = now;
        milliRequests =
                Math.min(
                        requestsPerSecondMax * SCALE,
                        milliRequests + elapsedMillis * requestsPerSecondMax);
        if (milliRequests < SCALE) {
            return false;
        }
        milliRequests -= SCALE;
        return true;
    }
}
