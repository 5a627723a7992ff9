package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/**
 * Where a dispute stands; the order of the constants is their rank, as in {@link PaymentStatus}: a
 * later round outranks the end of the one before it.
 */
public enum DisputeStatus {
    /** The network or the issuer reports fraud; no money moves yet. */
    FRAUD_WARNING("fraud_warning"),
    /** The bank or the customer asks; no money moves yet. */
    INQUIRY("inquiry"),
    /** A chargeback that waits for the evidence of the platform. */
    NEEDS_RESPONSE("needs_response"),
    /** The evidence is with the bank. */
    UNDER_REVIEW("under_review"),
    /** The platform accepted it. */
    ACCEPTED("accepted"),
    /** The time to respond ran out. */
    EXPIRED("expired"),
    /** The customer or the bank withdrew it. */
    CANCELLED("cancelled"),
    /** Settled before it became a dispute. */
    PREVENTED("prevented"),
    /** Decided for the customer. */
    LOST("lost"),
    /** Decided for the platform. */
    WON("won"),
    /** The bank did not accept the decision. */
    PRE_ARBITRATION("pre_arbitration"),
    /** The network decides. */
    ARBITRATION("arbitration"),
    /** The network decided for the customer. */
    LOST_FINAL("lost_final"),
    /** The network decided for the platform. */
    WON_FINAL("won_final");

    /** All of them by label. */
    public static final Named<DisputeStatus> NAMES =
            Named.of(DisputeStatus.class, DisputeStatus::label);

    private final String label;

    DisputeStatus(String label) {
        this.label = label;
    }

    /** The word in the API, in stored bytes, and the value of the metric label. */
    public String label() {
        return label;
    }
}
