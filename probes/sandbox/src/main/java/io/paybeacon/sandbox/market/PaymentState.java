package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.ledger.LedgerEntry;
import java.util.Locale;

/** Where a payment stands, in the words of people rather than of one gateway. */
public enum PaymentState {
    CREATED,
    ACTION_REQUIRED,
    PROCESSING,
    AUTHORISED,
    CAPTURED,
    PARTIALLY_REFUNDED,
    REFUNDED,
    DECLINED,
    CANCELLED;

    /** The name in dumps. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the gateway's books say of a payment. */
    static PaymentState of(LedgerEntry entry) {
        return switch (entry.status()) {
            case "requires_action" -> ACTION_REQUIRED;
            case "processing" -> PROCESSING;
            case "requires_capture" -> AUTHORISED;
            case "canceled" -> CANCELLED;
            case "requires_payment_method" -> DECLINED;
            case "succeeded" ->
                    entry.refundedMinor() == 0
                            ? CAPTURED
                            : entry.refundedMinor() < entry.capturedMinor()
                                    ? PARTIALLY_REFUNDED
                                    : REFUNDED;
            default -> CREATED;
        };
    }
}
