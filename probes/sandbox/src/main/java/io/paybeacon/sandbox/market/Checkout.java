package io.paybeacon.sandbox.market;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/**
 * How the marketplace pays at one gateway, over the gateway's own API. Every call may be repeated:
 * its order's number is in its idempotency key. Confined to one event loop.
 */
interface Checkout {
    /** Where a payment stands, as the answer to a call says. */
    enum Stage {
        /** The cardholder has to act. */
        CHALLENGED,
        /** The amount is held. */
        AUTHORISED,
        /** The amount is taken. */
        CAPTURED,
        /** Nothing more happens: declined, or refused. */
        ENDED
    }

    /**
     * A payment.
     *
     * @param id what the gateway, and whoever reads its webhooks, calls the payment
     * @param handle what the next call names: a payment, an authorisation, a capture, an address
     */
    record Payment(Optional<String> id, Stage stage, String handle) {}

    /**
     * What the gateway allows and tells.
     *
     * @param currencies lower-case ISO 4217 codes of those of the marketplace that it takes
     * @param announcesChallenges whether a webhook tells that a payment waits for its cardholder;
     *     without one nobody outside can know of an abandoned challenge
     * @param withholdsFromStart whether a silent order's terminal webhooks are withheld from the
     *     start; else from its capture, so that the authorisation is still told of
     */
    record Terms(Set<String> currencies, boolean announcesChallenges, boolean withholdsFromStart) {
        public Terms {
            currencies = Set.copyOf(currencies);
        }
    }

    Terms terms();

    /** Creates and confirms the payment of an order. */
    Future<Payment> pay(OrderPlan plan);

    /** The cardholder passes the challenge. */
    Future<Payment> passChallenge(OrderPlan plan, Payment challenged);

    /** Takes the whole amount. */
    Future<Payment> capture(OrderPlan plan, Payment authorised);

    /** Gives back that much. */
    Future<Void> refund(OrderPlan plan, Payment captured, long amountMinor);

    /** Ends the calls under way. */
    Future<Void> close();
}
