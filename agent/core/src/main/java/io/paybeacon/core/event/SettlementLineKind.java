package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/** What a line of a settlement report is about. */
public enum SettlementLineKind {
    /** A payment that was collected. */
    CHARGE("charge"),
    /** A refund. */
    REFUND("refund"),
    /** A chargeback. */
    DISPUTE("dispute"),
    /** A chargeback given back. */
    DISPUTE_REVERSAL("dispute_reversal"),
    /** A fee by itself. */
    FEE("fee"),
    /** A transfer between balances. */
    TRANSFER("transfer"),
    /** Money sent to the bank. */
    PAYOUT("payout"),
    /** Held back, or released. */
    RESERVE("reserve"),
    /** A correction. */
    ADJUSTMENT("adjustment"),
    /** Money changed from one currency to another. */
    CURRENCY_CONVERSION("currency_conversion"),
    /** Something else. */
    OTHER("other");

    /** All of them by label. */
    public static final Named<SettlementLineKind> NAMES =
            Named.of(SettlementLineKind.class, SettlementLineKind::label);

    private final String label;

    SettlementLineKind(String label) {
        this.label = label;
    }

    /** The word in the API, in stored bytes, and the value of the metric label. */
    public String label() {
        return label;
    }
}
