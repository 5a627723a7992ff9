package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.stripe.PaymentIntent.Attached;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt to charge a card. Amounts are minor units.
 *
 * @param refundedMinor what the gateway shows as refunded: refunds of captured money and, as the
 *     real gateway does, the released rest of a hold
 * @param releasedMinor the part of {@code refundedMinor} that was never captured
 */
record Charge(
        String id,
        String paymentIntentId,
        long createdSeconds,
        Attached method,
        long amountMinor,
        StripeCurrency currency,
        Map<String, String> metadata,
        Optional<CardFailure> failure,
        boolean captured,
        long capturedMinor,
        long refundedMinor,
        long releasedMinor) {
    Charge {
        metadata = Map.copyOf(metadata);
    }

    /** Captured money not yet refunded. */
    long refundableMinor() {
        return capturedMinor - (refundedMinor - releasedMinor);
    }

    Charge capture(long amount, long released) {
        return new Charge(
                id,
                paymentIntentId,
                createdSeconds,
                method,
                amountMinor,
                currency,
                metadata,
                failure,
                true,
                amount,
                released,
                released);
    }

    Charge release() {
        return new Charge(
                id,
                paymentIntentId,
                createdSeconds,
                method,
                amountMinor,
                currency,
                metadata,
                failure,
                false,
                0,
                amountMinor,
                amountMinor);
    }

    Charge refund(long amount) {
        return new Charge(
                id,
                paymentIntentId,
                createdSeconds,
                method,
                amountMinor,
                currency,
                metadata,
                failure,
                captured,
                capturedMinor,
                refundedMinor + amount,
                releasedMinor);
    }
}
