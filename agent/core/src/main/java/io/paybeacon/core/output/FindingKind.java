package io.paybeacon.core.output;

import io.paybeacon.core.codec.Named;

/** What is wrong. Bounded: a metric label. */
public enum FindingKind {
    /** A payment has been in an open status for longer than its limit. */
    STUCK_PAYMENT("stuck_payment"),
    /** Facts about an object of the gateway whose payment never became known. */
    ORPHAN_EVENT("orphan_event");

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
