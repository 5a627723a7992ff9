package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.market.generate.Anomaly;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * How the marketplace pays at one gateway, over the gateway's own API. Every call may be repeated:
 * its payment's key is in its idempotency key. Confined to one event loop.
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
        /** Nothing more happens: declined, refused, or left pending. */
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
     * @param anomalies what can be made to go wrong there, and be seen from outside: an abandoned
     *     challenge only where a webhook tells of challenges
     * @param severalCaptures whether an authorisation can be captured in parts
     * @param withholdsFromStart whether a silent order's terminal webhooks are withheld from the
     *     start; else from its capture, so that the authorisation is still told of
     * @param takes the amounts, in minor units, that mean nothing else to it
     */
    record Terms(
            Set<String> currencies,
            Set<Anomaly> anomalies,
            boolean severalCaptures,
            boolean withholdsFromStart,
            LongPredicate takes) {
        public Terms {
            currencies = Set.copyOf(currencies);
            anomalies = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(anomalies));
        }
    }

    Terms terms();

    /** Creates and confirms the payment of an order. */
    Future<Payment> pay(OrderPlan plan);

    /** The cardholder passes the challenge. */
    Future<Payment> passChallenge(OrderPlan plan, Payment challenged);

    /**
     * Takes money out of a hold.
     *
     * @param part of how many captures it is the last, from 1
     * @param last whether none follows
     */
    Future<Payment> capture(
            OrderPlan plan, Payment authorised, long amountMinor, int part, boolean last);

    /** Gives a hold free. */
    Future<Void> release(OrderPlan plan, Payment authorised);

    /** Gives back that much. */
    Future<Void> refund(OrderPlan plan, Payment captured, long amountMinor);

    /** Lets something befall the payment that nobody asks for, such as a dispute. */
    Future<Void> befall(Payment payment, Aftermath aftermath);

    /** Ends the calls under way. */
    Future<Void> close();
}
