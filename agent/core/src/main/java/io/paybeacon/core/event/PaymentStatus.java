package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/**
 * Where the money of one attempt to pay stands, in the same words for every gateway.
 *
 * <p>The order of the constants is their rank: when two facts about one attempt disagree, the one
 * with the higher rank holds, so that a late message never takes a payment back. Within the settled
 * ones, money that is held outranks a failure, its release outranks the hold, and money that moved
 * outranks everything.
 */
public enum PaymentStatus {
    /** A call to the gateway timed out: the truth has to be fetched. */
    UNKNOWN("unknown"),
    /** Made, and nothing tried yet. */
    CREATED("created"),
    /** The customer has to do something: 3-D Secure, a redirect. */
    ACTION_REQUIRED("action_required"),
    /** The gateway or the bank has it and has not answered yet. */
    PROCESSING("processing"),
    /** Refused, or it broke. */
    FAILED("failed"),
    /** The amount is held, and waits to be captured. */
    AUTHORISED("authorised"),
    /** The hold ran out before it was captured. */
    EXPIRED("expired"),
    /** Called off; a hold, if there was one, is released. */
    CANCELLED("cancelled"),
    /** A part of the hold was captured. */
    PARTIALLY_CAPTURED("partially_captured"),
    /** The money moved. */
    CAPTURED("captured");

    /** All of them by label. */
    public static final Named<PaymentStatus> NAMES =
            Named.of(PaymentStatus.class, PaymentStatus::label);

    private final String label;

    PaymentStatus(String label) {
        this.label = label;
    }

    /** The value of the metric label, and the word in the API. */
    public String label() {
        return label;
    }

    /** Whether the attempt got its answer: from FAILED on. */
    public boolean settled() {
        return compareTo(FAILED) >= 0;
    }

    /** Whether it is beyond what one more attempt changes: money was held, or all called off. */
    public boolean pastFailure() {
        return compareTo(FAILED) > 0;
    }

    /** Whether somebody still has to act for the payment to come to an end. */
    public boolean open() {
        return !settled() || this == AUTHORISED || this == PARTIALLY_CAPTURED;
    }

    /** Whether money is held or has moved. */
    public boolean holdsMoney() {
        return this == AUTHORISED || this == PARTIALLY_CAPTURED || this == CAPTURED;
    }
}
