package io.paybeacon.sandbox.market.generate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Why an attempt fails, in words that are no gateway's own, with how often it is the reason among
 * a thousand declines. The mix is that of card-not-present payments: lack of money first, then
 * banks that give no reason.
 */
public enum DeclineReason {
    INSUFFICIENT_FUNDS("insufficient_funds", 400),
    DO_NOT_HONOR("do_not_honor", 205),
    LIMIT_EXCEEDED("limit_exceeded", 65),
    EXPIRED_CARD("expired_card", 60),
    INVALID_CVC("invalid_cvc", 50),
    SUSPECTED_FRAUD("suspected_fraud", 40),
    NOT_PERMITTED("not_permitted", 35),
    AUTHENTICATION_FAILED("authentication_failed", 30),
    CARD_RESTRICTED("card_restricted", 20),
    INVALID_NUMBER("invalid_number", 20),
    ISSUER_UNAVAILABLE("issuer_unavailable", 18),
    LOST_OR_STOLEN("lost_or_stolen", 15),
    PROCESSOR_ERROR("processor_error", 15),
    AUTHENTICATION_REQUIRED("authentication_required", 12),
    ACCOUNT_CLOSED("account_closed", 10),
    REVOKED("revoked", 3),
    EXCESSIVE_RETRIES("excessive_retries", 2),
    /** Of an incident alone: the service that lets customers confirm does not work. */
    AUTHENTICATION_UNAVAILABLE("authentication_unavailable", 0);

    private static final List<DeclineReason> ALL = List.of(values());
    private static final int TOTAL = ALL.stream().mapToInt(reason -> reason.permille).sum();

    private final String label;
    private final int permille;

    DeclineReason(String label, int permille) {
        this.label = label;
        this.permille = permille;
    }

    /** The word in ground truth and events. */
    public String label() {
        return label;
    }

    /** How many of a thousand declines have this reason. */
    public int permille() {
        return permille;
    }

    static DeclineReason draw(SplittableRandom random) {
        int left = random.nextInt(TOTAL);
        for (DeclineReason reason : ALL) {
            if (left < reason.permille) {
                return reason;
            }
            left -= reason.permille;
        }
        throw new IllegalStateException("the weights do not add up to " + TOTAL);
    }
}
