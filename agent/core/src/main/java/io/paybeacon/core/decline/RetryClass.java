package io.paybeacon.core.decline;

import io.paybeacon.core.codec.Named;

/** Whether a refused payment may be tried again, and what has to happen before. */
public enum RetryClass {
    /** Never with this card or account. */
    NEVER("never"),
    /** After the customer corrected what was entered, or tried once more by hand. */
    AFTER_FIX("after_fix"),
    /** The same again, later, and counted against the limits of the networks. */
    LATER("later"),
    /** Again with the customer confirming it to the bank (3-D Secure). */
    STEP_UP("step_up"),
    /** After the platform corrected its request. */
    MERCHANT_FIX("merchant_fix"),
    /** With another way to pay. */
    OTHER_METHOD("other_method");

    /** All of them by label. */
    public static final Named<RetryClass> NAMES = Named.of(RetryClass.class, RetryClass::label);

    private final String label;

    RetryClass(String label) {
        this.label = label;
    }

    /** The word in the API. */
    public String label() {
        return label;
    }
}
