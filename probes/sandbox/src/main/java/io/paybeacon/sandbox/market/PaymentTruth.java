package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.market.generate.DeclineReason;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * What is true about one payment for an order.
 *
 * @param paymentId the gateway's id; empty until the marketplace learned it
 * @param orderedMinor what the customer ordered, minor units of {@code currency}
 * @param amountMinor what the gateway was asked for
 * @param planned where the payment ends if nothing but the plan happens
 * @param actual what the gateway's books say now; empty when they do not know the payment
 * @param anomaly what was made to go wrong with it
 * @param cause why it was planned to be declined
 * @param step how far the marketplace got with it
 */
public record PaymentTruth(
        String orderId,
        Optional<String> paymentId,
        long orderedMinor,
        long amountMinor,
        String currency,
        PaymentState planned,
        Optional<PaymentState> actual,
        Optional<Anomaly> anomaly,
        Optional<DeclineReason> cause,
        Step step) {
    /** How far the marketplace got with a payment. */
    public enum Step {
        /** Calls or waits are still to come. */
        OPEN,
        /** The plan has been carried out to its end. */
        DONE,
        /** The gateway failed the marketplace, which gave up. */
        UNRESOLVED
    }

    /** Whether what was planned to go wrong with it has gone wrong, and nothing else. */
    public boolean asPlanted() {
        return anomaly.isPresent() && step == Step.DONE && actual.equals(Optional.of(planned));
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("order_id", orderId)
                .put("payment", paymentId.orElse(null))
                .put("ordered", orderedMinor)
                .put("amount", amountMinor)
                .put("currency", currency)
                .put("planned", planned.wireName())
                .put("actual", actual.map(PaymentState::wireName).orElse(null))
                .put("anomaly", anomaly.map(Anomaly::label).orElse(null))
                .put("finding", anomaly.map(Anomaly::finding).orElse(null))
                .put("stuck_cause", anomaly.filter(Anomaly::stuck).map(Anomaly::label).orElse(null))
                .put("cause", cause.map(DeclineReason::label).orElse(null))
                .put("step", step.name().toLowerCase(Locale.ROOT));
    }
}
