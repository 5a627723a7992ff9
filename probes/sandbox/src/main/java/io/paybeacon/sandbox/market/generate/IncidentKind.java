package io.paybeacon.sandbox.market.generate;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What goes wrong for a while with many payments: the catalogue of faults that are simulated. */
public enum IncidentKind {
    /** The gateway answers nothing at all. */
    OUTAGE("outage", "no_success", true),
    /** Everything takes much longer. */
    SLOW("slow", "latency", true),
    /** The service of 3-D Secure does not work; what needs none goes on. */
    THREE_DS_DOWN("3ds_down", "authentication_failures", false),
    /** The banks of one slice decline. */
    ISSUER_DECLINES("issuer_declines", "slice_success_rate", false),
    /** A share of payments fails for technical reasons. */
    TECHNICAL_ERRORS("technical_errors", "technical_errors", true),
    /** No message is sent; all of them come when it is over. */
    WEBHOOK_SILENCE("webhook_silence", "webhook_silence", true),
    /** Messages come several times. */
    WEBHOOKS_DUPLICATED("webhooks_duplicated", "duplicate_messages", true),
    /** Messages overtake each other. */
    WEBHOOKS_REORDERED("webhooks_reordered", "late_messages", true),
    /** Messages are signed with a secret that the receiver does not know yet. */
    SECRET_ROTATED("secret_rotated", "refused_signatures", true),
    /** Amounts are sent a hundred times too large. */
    WRONG_SCALE("wrong_scale", "unit_scale_error", false),
    /** What was held is no longer captured. */
    AUTHORISATIONS_EXPIRE("authorisations_expire", "expired_authorisations", false),
    /** Captures turn out not to have happened. */
    CAPTURES_FAIL("captures_fail", "capture_undone", false),
    /** Refunds fail after they were accepted. */
    REFUNDS_FAIL("refunds_fail", "refund_failed", false),
    /** Somebody tries many cards with small amounts. */
    CARD_TESTING("card_testing", "card_testing", false),
    /** The payers suddenly come from elsewhere. */
    COUNTRY_SHIFT("country_shift", "country_mix", false);

    private final String label;
    private final String signal;
    private final boolean ofGateway;

    IncidentKind(String label, String signal, boolean ofGateway) {
        this.label = label;
        this.signal = signal;
        this.ofGateway = ofGateway;
    }

    /** What must tell of it: a finding's kind, or a measure that moves. */
    public String signal() {
        return signal;
    }

    /** Whether it is the gateway that behaves otherwise; else payers, banks or the platform do. */
    public boolean ofGateway() {
        return ofGateway;
    }

    /** The word in schedules and ground truth. */
    public String label() {
        return label;
    }

    /** The kind of that word. */
    public static Optional<IncidentKind> named(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    /** All words, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(IncidentKind::label).collect(Collectors.joining(", "));
    }
}
