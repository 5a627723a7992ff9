package io.paybeacon.core.output;

import io.paybeacon.core.codec.Named;

/** How much a finding matters. */
public enum Severity {
    /** Worth knowing. */
    INFO("info"),
    /** Somebody should look today. */
    WARNING("warning"),
    /** Money or customers are at stake now. */
    CRITICAL("critical");

    /** All of them by label. */
    public static final Named<Severity> NAMES = Named.of(Severity.class, Severity::label);

    private final String label;

    Severity(String label) {
        this.label = label;
    }

    /** The value of the metric label, and the word in the API. */
    public String label() {
        return label;
    }
}
