package io.paybeacon.sandbox.stripe;

import java.util.Map;
import java.util.Optional;

/**
 * Why a payment attempt failed (docs.stripe.com/declines/codes, docs.stripe.com/error-codes).
 *
 * @param type {@code card_error}, or {@code invalid_request_error} for a failed authentication
 * @param code the error code
 * @param declineCode the issuer's reason, when there is one
 * @param message the text for people
 */
record CardFailure(String type, String code, Optional<String> declineCode, String message) {
    private static final Map<String, String> MESSAGES =
            Map.of(
                    "insufficient_funds", "Your card has insufficient funds.",
                    "expired_card", "Your card has expired.",
                    "incorrect_cvc", "Your card's security code is incorrect.",
                    "card_velocity_exceeded",
                            "Your card was declined for making repeated attempts too frequently"
                                    + " or exceeding its amount limit.",
                    "authentication_required",
                            "Your card was declined. This transaction requires authentication.",
                    "processing_error",
                            "An error occurred while processing your card. Try again in a little"
                                    + " bit.");

    /** A refusal with that decline code. */
    static CardFailure declined(String declineCode) {
        String code =
                switch (declineCode) {
                    case "expired_card",
                            "incorrect_cvc",
                            "processing_error",
                            "authentication_required" ->
                            declineCode;
                    default -> "card_declined";
                };
        return new CardFailure(
                "card_error",
                code,
                Optional.of(declineCode),
                MESSAGES.getOrDefault(declineCode, "Your card was declined."));
    }

    /** The customer did not pass the challenge. */
    static CardFailure authenticationFailed() {
        return new CardFailure(
                "invalid_request_error",
                "payment_intent_authentication_failure",
                Optional.empty(),
                "The provided PaymentMethod has failed authentication. You can provide"
                        + " payment_method_data or a new PaymentMethod to attempt to fulfill this"
                        + " PaymentIntent again.");
    }
}
