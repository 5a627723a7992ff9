package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.limit.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;

/**
 * How long PayPal knows a {@code PayPal-Request-Id}: six hours for orders, 45 days for payments
 * (the descriptions of that header in Orders v2 and Payments v2). After that the same id is a new
 * one. Bounded: the oldest goes first. Confined to one event loop.
 */
final class RequestIds {
    static final Duration ORDERS_LAST = Duration.ofHours(6);
    static final Duration PAYMENTS_LAST = Duration.ofDays(45);

    private final InstantSource clock;
    private final LinkedHashMap<String, Instant> firstSeen = new LinkedHashMap<>();

    RequestIds(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A text that is the same for every use of that id within its time.
     *
     * @param endpoint the id counts for one endpoint only
     */
    String use(String endpoint, String id, Duration lasts) {
        String key = endpoint + " " + id;
        Instant now = clock.instant();
        Instant first = firstSeen.get(key);
        if (first == null || !now.isBefore(first.plus(lasts))) {
            firstSeen.remove(key);
            firstSeen.put(key, now);
            first = now;
        }
        if (firstSeen.size() > Limits.IDEMPOTENCY_RESULTS_MAX) {
            firstSeen.pollFirstEntry();
        }
        return key + " " + first;
    }
}
