package io.paybeacon.core.payment;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.payment.Payment.Attempt;
import java.util.EnumSet;
import java.util.Set;

/** Why a payment probably hangs, as far as its own facts tell. */
enum StuckCause {
    /** The customer was asked to confirm and did not. */
    AUTHENTICATION_ABANDONED(
            "authentication_abandoned",
            "The customer was asked to confirm the payment (3-D Secure or a redirect) and has not"
                    + " come back.",
            "Ask the customer to confirm in the banking app or to pay in another way; look the"
                    + " payment up at the gateway before anything is charged again."),
    /** The customer did what was asked, and nothing came after it. */
    MESSAGE_LOST(
            "message_lost",
            "The customer confirmed, or part of the payment moved on, and the gateway's message"
                    + " about the result has not arrived.",
            "Look the payment up at the gateway, and check its log of webhooks to this agent."),
    /** The gateway waits for somebody else. */
    GATEWAY_PENDING(
            "gateway_pending",
            "The bank or the network has not answered the gateway yet.",
            "Look the payment up at the gateway before anything is tried again."),
    /** The amount is held and nobody collects it. */
    NOT_CAPTURED(
            "not_captured",
            "The amount is held and was not captured in full; the hold will run out.",
            "Capture what was delivered, or cancel the rest."),
    /** A call timed out. */
    ANSWER_UNKNOWN(
            "answer_unknown",
            "A call to the gateway timed out, and nobody fetched the truth.",
            "Look the payment up at the gateway; do not charge again before."),
    /** Nothing was tried. */
    NEVER_TRIED(
            "never_tried",
            "The customer left before paying, or the gateway's messages about it were lost.",
            "Look the payment up at the gateway; cancel it if nobody will pay it.");

    private static final Set<AuthenticationOutcome> CONFIRMED =
            EnumSet.of(
                    AuthenticationOutcome.CHALLENGE_PASSED,
                    AuthenticationOutcome.FRICTIONLESS,
                    AuthenticationOutcome.ATTEMPTED,
                    AuthenticationOutcome.EXEMPTED);

    private final String label;
    private final String text;
    private final String remedy;

    StuckCause(String label, String text, String remedy) {
        this.label = label;
        this.text = text;
        this.remedy = remedy;
    }

    /** The word in the evidence of the finding. */
    String label() {
        return label;
    }

    /** The cause in plain words. */
    String text() {
        return text;
    }

    /** What to do about it. */
    String remedy() {
        return remedy;
    }

    static StuckCause of(Payment payment) {
        PaymentStatus status = payment.status();
        return switch (status) {
            case ACTION_REQUIRED -> confirmed(payment) ? MESSAGE_LOST : AUTHENTICATION_ABANDONED;
            case PROCESSING -> GATEWAY_PENDING;
            case AUTHORISED, PARTIALLY_CAPTURED -> NOT_CAPTURED;
            case UNKNOWN -> ANSWER_UNKNOWN;
            case CREATED ->
                    confirmed(payment) || !payment.money().captured().isEmpty()
                            ? MESSAGE_LOST
                            : NEVER_TRIED;
            case FAILED, EXPIRED, CANCELLED, CAPTURED ->
                    throw new IllegalArgumentException("not open: " + status);
        };
    }

    private static boolean confirmed(Payment payment) {
        return payment.attempts().stream()
                .map(Attempt::authentication)
                .anyMatch(outcome -> outcome != null && CONFIRMED.contains(outcome.value()));
    }
}
