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
    /** Taken, and then not. */
    CAPTURE_UNDONE,
    DECLINED,
    CANCELLED;

    /** The name in dumps. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a gateway's books say of a payment: where its money is, else the gateway's word. */
    static PaymentState of(LedgerEntry entry) {
        if (LedgerEntry.CAPTURE_UNDONE.equals(entry.status())) {
            return CAPTURE_UNDONE;
        }
        if (entry.capturedMinor() > 0) {
            return entry.refundedMinor() == 0
                    ? CAPTURED
                    : entry.refundedMinor() < entry.capturedMinor() ? PARTIALLY_REFUNDED : REFUNDED;
        }
        if (entry.heldMinor() > 0) {
            return AUTHORISED;
        }
        return switch (entry.status()) {
            case "requires_action",
                    "PAYER_ACTION_REQUIRED",
                    "RedirectShopper",
                    "IdentifyShopper",
                    "ChallengeShopper",
                    "challenge_required" ->
                    ACTION_REQUIRED;
            case "processing", "CAPTURE_PENDING" -> PROCESSING;
            case "canceled", "Cancelled", "Expired", "voided", "expired" -> CANCELLED;
            // An order of PayPal is completed when its one authorisation or capture was denied,
            // or its authorisation was voided.
            case "COMPLETED" -> entry.releasedMinor() > 0 ? CANCELLED : DECLINED;
            case "requires_payment_method", "Refused", "Error", "declined" -> DECLINED;
            default -> CREATED;
        };
    }
}
