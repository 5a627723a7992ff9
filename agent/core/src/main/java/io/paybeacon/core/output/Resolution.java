package io.paybeacon.core.output;

import io.paybeacon.core.codec.Named;

/** How a finding came to its end. */
public enum Resolution {
    /** What was wrong is right again. */
    RESOLVED("resolved"),
    /** Later news show that it was opened on partial knowledge. */
    SUPERSEDED("superseded");

    /** All of them by label. */
    public static final Named<Resolution> NAMES = Named.of(Resolution.class, Resolution::label);

    private final String label;

    Resolution(String label) {
        this.label = label;
    }

    /** The word in the API and the store. */
    public String label() {
        return label;
    }
}
