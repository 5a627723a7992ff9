package io.paybeacon.core.output;

import io.paybeacon.core.codec.Named;

/** What is wrong. Bounded: a metric label. */
public enum FindingKind {
    /** A payment has been in an open status for longer than its limit. */
    STUCK_PAYMENT("stuck_payment"),
    /** Facts about an object of the gateway whose payment never became known. */
    ORPHAN_EVENT("orphan_event"),
    /** An attempt went from one status to another that it cannot lead to. */
    ILLEGAL_TRANSITION("illegal_transition"),
    /** Amounts that have to be equal are not. */
    AMOUNT_MISMATCH("amount_mismatch"),
    /** An amount is ten, a hundred or a thousand times what it should be, or a part of it. */
    UNIT_SCALE_ERROR("unit_scale_error"),
    /** The same amount was collected more than once for one order. */
    DUPLICATE_CHARGE("duplicate_charge"),
    /** More than one payment paid for one order. */
    PAID_TWICE("paid_twice"),
    /** Money that was collected turned out not to be. */
    CAPTURE_UNDONE("capture_undone"),
    /** A refund could not be paid. */
    REFUND_FAILED("refund_failed"),
    /** A hold is about to run out, and was not captured. */
    AUTHORISATION_EXPIRING("authorisation_expiring");

    /** All of them by label. */
    public static final Named<FindingKind> NAMES = Named.of(FindingKind.class, FindingKind::label);

    private final String label;

    FindingKind(String label) {
        this.label = label;
    }

    /** The value of the metric label, and the word in the API. */
    public String label() {
        return label;
    }
}
