package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/** What a fee is charged for. */
public enum FeeKind {
    /** For taking a payment, all components in one. */
    PROCESSING("processing"),
    /** The gateway's share, where it is told apart. */
    COMMISSION("commission"),
    /** The acquirer's share above the cost. */
    MARKUP("markup"),
    /** The share of the issuer. */
    INTERCHANGE("interchange"),
    /** The share of the network. */
    SCHEME("scheme"),
    /** For giving money back. */
    REFUND("refund"),
    /** For a dispute, kept or given back. */
    DISPUTE("dispute"),
    /** For answering a dispute. */
    COUNTER_DISPUTE("counter_dispute"),
    /** For changing money. */
    CURRENCY_CONVERSION("currency_conversion"),
    /** For a card of another country. */
    CROSS_BORDER("cross_border"),
    /** For sending money to a bank. */
    PAYOUT("payout"),
    /** For 3-D Secure. */
    AUTHENTICATION("authentication"),
    /** Of the platform, charged to a vendor. */
    PLATFORM("platform"),
    /** For something else. */
    OTHER("other");

    /** All of them by label. */
    public static final Named<FeeKind> NAMES = Named.of(FeeKind.class, FeeKind::label);

    private final String label;

    FeeKind(String label) {
        this.label = label;
    }

    /** The word in the API, in stored bytes, and the value of the metric label. */
    public String label() {
        return label;
    }
}
