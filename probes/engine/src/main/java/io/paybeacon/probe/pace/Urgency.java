package io.paybeacon.probe.pace;

/** Which attempts go first, in order. */
public enum Urgency {
    /** Gives money back, or learns whether any is held: cleanup, and recovery of an answer. */
    MONEY,
    /** Everything else. */
    FLOW
}
