package io.paybeacon.sandbox.paypal;

import java.time.Instant;
import java.util.Optional;

/**
 * A captured payment.
 *
 * @param authorizationId empty when the order was captured without an authorisation of its own
 * @param invoiceId of this capture
 * @param refundedMinor what refunds gave back
 */
record Capture(
        String id,
        String orderId,
        Optional<String> authorizationId,
        Instant created,
        Instant updated,
        PurchaseUnit unit,
        Optional<String> invoiceId,
        Money amount,
        Status status,
        boolean last,
        Optional<Processor> processor,
        long refundedMinor) {
    /** The documented states. */
    enum Status {
        COMPLETED,
        DECLINED,
        /** PayPal looks at it once more; nothing moves meanwhile. */
        PENDING,
        PARTIALLY_REFUNDED,
        REFUNDED
    }

    long refundableMinor() {
        return status == Status.DECLINED || status == Status.PENDING
                ? 0
                : amount.minor() - refundedMinor;
    }

    /** After a refund, or with a negative amount after one came back. */
    Capture refunded(long minor, Instant at) {
        long total = refundedMinor + minor;
        Status after =
                total >= amount.minor()
                        ? Status.REFUNDED
                        : total > 0 ? Status.PARTIALLY_REFUNDED : Status.COMPLETED;
        return new Capture(
                id,
                orderId,
                authorizationId,
                created,
                at,
                unit,
                invoiceId,
                amount,
                after,
                last,
                processor,
                total);
    }
}
