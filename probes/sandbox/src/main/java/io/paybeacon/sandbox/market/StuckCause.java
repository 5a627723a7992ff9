package io.paybeacon.sandbox.market;

/** Why an order is stuck on purpose. */
public enum StuckCause {
    /** The cardholder never finishes the challenge. */
    CHALLENGE_ABANDONED("3ds_abandoned"),
    /** The money is taken, but no terminal webhook ever says so. */
    WEBHOOK_LOST("webhook_lost");

    private final String wireName;

    StuckCause(String wireName) {
        this.wireName = wireName;
    }

    /** The name in dumps. */
    public String wireName() {
        return wireName;
    }
}
