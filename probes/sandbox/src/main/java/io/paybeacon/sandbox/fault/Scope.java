package io.paybeacon.sandbox.fault;

/** Whose requests a fault hits: told by the metadata key {@link #PROBE_KEY} of the payment. */
public enum Scope {
    /** Every request. */
    ALL("all"),
    /** Payments of synthetic probes only. */
    PROBE("probe"),
    /** Payments without the probe key; requests that name no payment are not among them. */
    MARKET("market");

    /** Metadata key that synthetic probes put on their payments. */
    public static final String PROBE_KEY = "paybeacon_run";

    private final String wireName;

    Scope(String wireName) {
        this.wireName = wireName;
    }

    /** The name in faults. */
    public String wireName() {
        return wireName;
    }
}
