package io.paybeacon.sandbox.market.generate;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What goes wrong for a while with many payments: the catalogue of faults that are simulated. */
public enum IncidentKind {
    /** The gateway answers nothing at all. */
    OUTAGE("outage"),
    /** Everything takes much longer. */
    SLOW("slow"),
    /** The service of 3-D Secure does not work; what needs none goes on. */
    THREE_DS_DOWN("3ds_down"),
    /** The banks of one slice decline. */
    ISSUER_DECLINES("issuer_declines"),
    /** A share of payments fails for technical reasons. */
    TECHNICAL_ERRORS("technical_errors"),
    /** No message is sent; all of them come when it is over. */
    WEBHOOK_SILENCE("webhook_silence"),
    /** Messages come several times. */
    WEBHOOKS_DUPLICATED("webhooks_duplicated"),
    /** Messages overtake each other. */
    WEBHOOKS_REORDERED("webhooks_reordered"),
    /** Messages are signed with a secret that the receiver does not know yet. */
    SECRET_ROTATED("secret_rotated"),
    /** Amounts are sent a hundred times too large. */
    WRONG_SCALE("wrong_scale"),
    /** What was held is no longer captured. */
    AUTHORISATIONS_EXPIRE("authorisations_expire"),
    /** Captures turn out not to have happened. */
    CAPTURES_FAIL("captures_fail"),
    /** Refunds fail after they were accepted. */
    REFUNDS_FAIL("refunds_fail"),
    /** Somebody tries many cards with small amounts. */
    CARD_TESTING("card_testing"),
    /** The payers suddenly come from elsewhere. */
    COUNTRY_SHIFT("country_shift");

    private final String label;

    IncidentKind(String label) {
        this.label = label;
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
