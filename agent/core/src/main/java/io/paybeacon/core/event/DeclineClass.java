package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/** Whose doing it is that an attempt failed. */
public enum DeclineClass {
    /** The bank, the network or the gateway's risk rules said no to this card or customer. */
    BUSINESS("business"),
    /** Something broke or could not be reached: not the customer's doing. */
    TECHNICAL("technical"),
    /** The gateway gave no reason that this build knows. */
    UNKNOWN("unknown");

    /** All of them by label. */
    public static final Named<DeclineClass> NAMES =
            Named.of(DeclineClass.class, DeclineClass::label);

    private final String label;

    DeclineClass(String label) {
        this.label = label;
    }

    /** The value of the metric label. */
    public String label() {
        return label;
    }
}
