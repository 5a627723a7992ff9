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
    /** The documented states; the sandbox has none that is pending. */
    enum Status {
        COMPLETED,
        DECLINED,
        PARTIALLY_REFUNDED,
        REFUNDED
    }

    long refundableMinor() {
        return status == Status.DECLINED ? 0 : amount.minor() - refundedMinor;
    }

    Capture refunded(long minor, Instant at) {
        long total = refundedMinor + minor;
        return new Capture(
                id,
                orderId,
                authorizationId,
                created,
                at,
                unit,
                invoiceId,
                amount,
                total >= amount.minor() ? Status.REFUNDED : Status.PARTIALLY_REFUNDED,
                last,
                processor,
                total);
    }
}
