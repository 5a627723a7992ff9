package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/** What came of asking the customer to confirm a card payment (3-D Secure). */
public enum AuthenticationOutcome {
    /** The bank was satisfied without asking the customer. */
    FRICTIONLESS("frictionless"),
    /** The bank asks the customer, who has not answered yet. */
    CHALLENGE_REQUESTED("challenge_requested"),
    /** The customer confirmed. */
    CHALLENGE_PASSED("challenge_passed"),
    /** The customer failed to confirm. */
    CHALLENGE_FAILED("challenge_failed"),
    /** The customer left. */
    ABANDONED("abandoned"),
    /** The bank or card does not take part; the network vouches for the attempt. */
    ATTEMPTED("attempted"),
    /** Not asked for, by an exemption. */
    EXEMPTED("exempted"),
    /** The service of the bank or network did not work. */
    UNAVAILABLE("unavailable");

    /** All of them by label. */
    public static final Named<AuthenticationOutcome> NAMES =
            Named.of(AuthenticationOutcome.class, AuthenticationOutcome::label);

    private final String label;

    AuthenticationOutcome(String label) {
        this.label = label;
    }

    /** The word in the API, in stored bytes, and the value of the metric label. */
    public String label() {
        return label;
    }
}
