package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/**
 * Where a payout to a bank account stands; the order of the constants is their rank: one that was
 * paid can still be returned or fail (docs.stripe.com/api/payouts).
 */
public enum PayoutStatus {
    /** Planned by the schedule of the account. */
    SCHEDULED("scheduled"),
    /** Made, and not sent yet. */
    CREATED("created"),
    /** On its way to the bank. */
    IN_TRANSIT("in_transit"),
    /** Called off before it was sent. */
    CANCELLED("cancelled"),
    /** Said to be with the bank. */
    PAID("paid"),
    /** Refused, or it broke, even after it was said to be paid. */
    FAILED("failed"),
    /** Sent back by the bank. */
    RETURNED("returned");

    /** All of them by label. */
    public static final Named<PayoutStatus> NAMES =
            Named.of(PayoutStatus.class, PayoutStatus::label);

    private final String label;

    PayoutStatus(String label) {
        this.label = label;
    }

    /** The word in the API, in stored bytes, and the value of the metric label. */
    public String label() {
        return label;
    }
}
