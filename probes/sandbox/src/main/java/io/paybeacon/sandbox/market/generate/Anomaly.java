package io.paybeacon.sandbox.market.generate;

import java.util.List;

/** What is made to go wrong with one order, and which finding must tell of it. */
public enum Anomaly {
    /** The cardholder never finishes the challenge. */
    CHALLENGE_ABANDONED("3ds_abandoned", "stuck_payment", true),
    /** The money is taken, but no message ever says so. */
    WEBHOOK_LOST("webhook_lost", "stuck_payment", true),
    /** The gateway never says how the payment ended. */
    GATEWAY_PENDING("gateway_pending", "stuck_payment", true),
    /** One order, charged twice at one gateway. */
    DUPLICATE_AT_GATEWAY("duplicate_at_gateway", "duplicate_charge", false),
    /** One order, charged once each at two gateways. */
    DUPLICATE_ACROSS_GATEWAYS("duplicate_across_gateways", "duplicate_charge", false),
    /** A hundred times the ordered amount: minor units taken for major ones. */
    UNIT_SCALE("unit_scale", "unit_scale_error", false),
    /** One minor unit more or less than ordered. */
    ONE_UNIT_OFF("one_unit_off", "amount_mismatch", false),
    /** More captured than ordered, within what the gateway allows above the hold. */
    OVER_CAPTURED("over_captured", "amount_mismatch", false),
    /** The capture turns out not to have happened, after it was told as done. */
    CAPTURE_UNDONE("capture_undone", "capture_undone", false),
    /** The refund fails after it was accepted. */
    REFUND_FAILED("refund_failed", "refund_failed", false),
    /** The hold runs out before anybody captures. */
    AUTHORISATION_EXPIRED("authorisation_expired", "authorisation_expiring", false);

    private static final List<Anomaly> ALL = List.of(values());

    private final String label;
    private final String finding;
    private final boolean stuck;

    Anomaly(String label, String finding, boolean stuck) {
        this.label = label;
        this.finding = finding;
        this.stuck = stuck;
    }

    /** The word in ground truth. */
    public String label() {
        return label;
    }

    /** The kind of the finding that must tell of it. */
    public String finding() {
        return finding;
    }

    /** Whether the payment does not come to an end by it. */
    public boolean stuck() {
        return stuck;
    }

    /** All of them, in order. */
    public static List<Anomaly> all() {
        return ALL;
    }
}
