package io.paybeacon.core.stage;

import io.paybeacon.core.event.PaymentStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knowledge that every key shares: immutable, versioned, broadcast, pinned while a batch of inputs
 * is processed.
 *
 * @param version raised with each change
 * @param stuckAfter how long a payment may stay in an open status before it counts as stuck; a
 *     status that is not in the map never does
 * @param settle how long after the last news of a payment it is left alone before it can count as
 *     stuck, so that a backlog of old messages does not raise findings that the next message
 *     resolves
 * @param parkedFor how long facts wait for their payment to become known
 */
public record Reference(
        long version,
        Map<PaymentStatus, Duration> stuckAfter,
        Duration settle,
        Duration parkedFor) {
    public Reference {
        Map<PaymentStatus, Duration> copy = new EnumMap<>(PaymentStatus.class);
        copy.putAll(stuckAfter);
        stuckAfter = Collections.unmodifiableMap(copy);
    }

    /**
     * The defaults: three hours for 3-D Secure, an hour at a hosted page, three days for the rest
     * (Kill Bill's Stripe plugin, StripeConfigProperties), an hour while an answer is unknown. A
     * hold is released by the networks after about seven days, so it counts as stuck after five.
     */
    public static Reference defaults() {
        return new Reference(
                1,
                Map.of(
                        PaymentStatus.UNKNOWN, Duration.ofHours(1),
                        PaymentStatus.CREATED, Duration.ofHours(1),
                        PaymentStatus.ACTION_REQUIRED, Duration.ofHours(3),
                        PaymentStatus.PROCESSING, Duration.ofDays(3),
                        PaymentStatus.AUTHORISED, Duration.ofDays(5),
                        PaymentStatus.PARTIALLY_CAPTURED, Duration.ofDays(5)),
                Duration.ofMinutes(1),
                Duration.ofHours(1));
    }

    /** The same knowledge under another version. */
    public Reference withVersion(long other) {
        return new Reference(other, stuckAfter, settle, parkedFor);
    }

    /** How long a payment may stay in the status; null when for ever. */
    public @Nullable Duration stuckAfter(PaymentStatus status) {
        return stuckAfter.get(status);
    }
}
