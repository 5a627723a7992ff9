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
 * @param stuckAfterByMethod limits that hold for payments of a method instead of {@code
 *     stuckAfter}
 * @param holdExpiryLead how long before a hold runs out it is told that nobody captured it
 * @param orderGrace how long after the last news of an order it may be paid in part before that
 *     counts as wrong
 * @param keptFor how long a payment is kept after its last news
 */
public record Reference(
        long version,
        Map<PaymentStatus, Duration> stuckAfter,
        Duration settle,
        Duration parkedFor,
        Map<String, Map<PaymentStatus, Duration>> stuckAfterByMethod,
        Duration holdExpiryLead,
        Duration orderGrace,
        Duration keptFor) {
    /** Card networks take disputes up to this time after a payment (docs.adyen.com, disputes). */
    public static final Duration DISPUTE_TAIL = Duration.ofDays(540);

    private static final Duration BANK_DAYS = Duration.ofDays(14);

    public Reference {
        Map<PaymentStatus, Duration> copy = new EnumMap<>(PaymentStatus.class);
        copy.putAll(stuckAfter);
        stuckAfter = Collections.unmodifiableMap(copy);
        stuckAfterByMethod = Map.copyOf(stuckAfterByMethod);
    }

    /** With the defaults for what is not named. */
    public Reference(
            long version,
            Map<PaymentStatus, Duration> stuckAfter,
            Duration settle,
            Duration parkedFor) {
        this(
                version,
                stuckAfter,
                settle,
                parkedFor,
                defaultsByMethod(),
                Duration.ofDays(1),
                Duration.ofMinutes(15),
                DISPUTE_TAIL);
    }

    /**
     * Bank debits and vouchers take days where cards take seconds (Kill Bill's documentation,
     * payment states; docs.stripe.com/payments, bank debits).
     */
    private static Map<String, Map<PaymentStatus, Duration>> defaultsByMethod() {
        Map<PaymentStatus, Duration> debit = Map.of(PaymentStatus.PROCESSING, BANK_DAYS);
        Map<PaymentStatus, Duration> voucher =
                Map.of(
                        PaymentStatus.ACTION_REQUIRED, Duration.ofDays(7),
                        PaymentStatus.PROCESSING, Duration.ofDays(7));
        return Map.of(
                "sepa_debit", debit,
                "us_bank_account", debit,
                "customer_balance", voucher,
                "boleto", voucher);
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
        return new Reference(
                other,
                stuckAfter,
                settle,
                parkedFor,
                stuckAfterByMethod,
                holdExpiryLead,
                orderGrace,
                keptFor);
    }

    /** How long a payment may stay in the status; null when for ever. */
    public @Nullable Duration stuckAfter(PaymentStatus status) {
        return stuckAfter.get(status);
    }

    /** How long a payment of the method may; a method that is not known is none. */
    public @Nullable Duration stuckAfter(@Nullable String method, PaymentStatus status) {
        Map<PaymentStatus, Duration> own = method == null ? null : stuckAfterByMethod.get(method);
        Duration limit = own == null ? null : own.get(status);
        return limit != null ? limit : stuckAfter.get(status);
    }
}
