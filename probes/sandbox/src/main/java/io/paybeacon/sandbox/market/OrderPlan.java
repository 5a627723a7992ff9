package io.paybeacon.sandbox.market;

import java.time.Duration;
import java.util.Optional;

/**
 * One order before it is placed.
 *
 * @param number from 0
 * @param at when it is placed, counted from the start of the marketplace
 * @param customerId opaque
 * @param amountMinor minor units of {@code currency}
 * @param currency lower-case ISO 4217 code
 * @param brand of the card: {@code visa}, {@code mastercard} or {@code amex}
 * @param country of the card's issuer, ISO 3166
 * @param captureAfter wait before the capture; empty means captured at once by the gateway
 */
public record OrderPlan(
        long number,
        Duration at,
        String orderId,
        String vendorId,
        String customerId,
        long amountMinor,
        String currency,
        String brand,
        String country,
        Optional<Duration> captureAfter,
        Journey journey,
        Optional<RefundPlan> refund) {
    /** A refund of {@code amountMinor}, that long after the money was taken. */
    public record RefundPlan(long amountMinor, Duration after) {}

    /** Where the payment ends when nothing but the plan happens. */
    public PaymentState planned() {
        return switch (journey) {
            case Journey.Approved _, Journey.Challenged _, Journey.Silent _ -> paid();
            case Journey.Declined _ -> PaymentState.DECLINED;
            case Journey.Abandoned() -> PaymentState.ACTION_REQUIRED;
        };
    }

    private PaymentState paid() {
        return refund.map(r ->
                        r.amountMinor() < amountMinor
                                ? PaymentState.PARTIALLY_REFUNDED
                                : PaymentState.REFUNDED)
                .orElse(PaymentState.CAPTURED);
    }

    /** Why it gets stuck, if it does. */
    public Optional<StuckCause> stuckCause() {
        return switch (journey) {
            case Journey.Abandoned() -> Optional.of(StuckCause.CHALLENGE_ABANDONED);
            case Journey.Silent() -> Optional.of(StuckCause.WEBHOOK_LOST);
            case Journey.Approved _, Journey.Challenged _, Journey.Declined _ -> Optional.empty();
        };
    }
}
