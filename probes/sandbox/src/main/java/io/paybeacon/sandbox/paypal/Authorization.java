package io.paybeacon.sandbox.paypal;

import java.time.Instant;
import java.util.Optional;

/**
 * An authorised payment (developer.paypal.com/docs/api/payments/v2).
 *
 * @param capturedMinor what captures took of it
 * @param heldMinor what is still on hold
 * @param processor empty when it was not paid with a card
 */
record Authorization(
        String id,
        String orderId,
        Instant created,
        Instant updated,
        PurchaseUnit unit,
        Money amount,
        Status status,
        Optional<Processor> processor,
        long capturedMinor,
        long heldMinor) {
    /** The documented states; the sandbox has none that is pending. */
    enum Status {
        CREATED,
        PARTIALLY_CAPTURED,
        CAPTURED,
        DENIED,
        VOIDED
    }

    /** After a capture; {@code last} says that no other will follow. */
    Authorization captured(long takenMinor, boolean last, Instant at) {
        long total = capturedMinor + takenMinor;
        boolean over = last || total >= amount.minor();
        return new Authorization(
                id,
                orderId,
                created,
                at,
                unit,
                amount,
                over ? Status.CAPTURED : Status.PARTIALLY_CAPTURED,
                processor,
                total,
                over ? 0 : Math.max(0, heldMinor - takenMinor));
    }

    /** After the rest of the hold was let go. */
    Authorization voided(Instant at) {
        return new Authorization(
                id, orderId, created, at, unit, amount, Status.VOIDED, processor, capturedMinor, 0);
    }
}
