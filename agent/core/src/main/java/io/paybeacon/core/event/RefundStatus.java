package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/** Where a refund stands; the order of the constants is their rank, as in {@link PaymentStatus}. */
public enum RefundStatus {
    /** Accepted by the gateway, and not yet with the customer. */
    PENDING("pending"),
    /** Called off before the money moved. */
    CANCELLED("cancelled"),
    /** On its way to, or with, the customer. */
    SUCCEEDED("succeeded"),
    /** Could not be paid, even after it was said to have succeeded. */
    FAILED("failed");

    /** All of them by label. */
    public static final Named<RefundStatus> NAMES =
            Named.of(RefundStatus.class, RefundStatus::label);

    private final String label;

    RefundStatus(String label) {
        this.label = label;
    }

    /** The value of the metric label, and the word in the API. */
    public String label() {
        return label;
    }
}
