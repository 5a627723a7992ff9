package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.ledger.LedgerEntry;
import java.util.Optional;

/**
 * A payment. Immutable; where its money is, the ledger knows.
 *
 * @param pspReference Adyen's own
 * @param request how it was asked for
 * @param amount what is booked, which a fault can make another than what was asked for
 * @param state how far it has come
 * @param authCode the issuer's approval, once there is one
 */
record Payment(
        String pspReference,
        PaymentRequest request,
        Amount amount,
        State state,
        Optional<String> authCode) {
    /** How far a payment has come. */
    enum State {
        REDIRECT_SHOPPER("RedirectShopper"),
        IDENTIFY_SHOPPER("IdentifyShopper"),
        CHALLENGE_SHOPPER("ChallengeShopper"),
        RECEIVED("Received"),
        AUTHORISED("Authorised"),
        SENT_FOR_SETTLE("SentForSettle"),
        REFUNDED("Refunded"),
        CANCELLED("Cancelled"),
        EXPIRED("Expired"),
        CAPTURE_UNDONE(LedgerEntry.CAPTURE_UNDONE),
        REFUSED("Refused"),
        ERROR("Error");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }

        /** What Adyen calls it: a result code, or later the state in its Customer Area. */
        String wireName() {
            return wireName;
        }

        /** Whether the shopper has still to do something. */
        boolean awaitsShopper() {
            return this == REDIRECT_SHOPPER
                    || this == IDENTIFY_SHOPPER
                    || this == CHALLENGE_SHOPPER;
        }

        /** Whether nothing more can happen to it. */
        boolean finished() {
            return this == REFUNDED
                    || this == CANCELLED
                    || this == EXPIRED
                    || this == CAPTURE_UNDONE
                    || this == REFUSED
                    || this == ERROR;
        }
    }

    Payment in(State next) {
        return new Payment(pspReference, request, amount, next, authCode);
    }

    Payment approved(String code, Amount booked) {
        return new Payment(pspReference, request, booked, State.AUTHORISED, Optional.of(code));
    }
}
