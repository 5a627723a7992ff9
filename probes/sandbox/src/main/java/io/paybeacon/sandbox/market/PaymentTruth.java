package io.paybeacon.sandbox.market;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * What is true about one order.
 *
 * @param paymentId the gateway's id; empty until the marketplace learned it
 * @param amountMinor ordered amount, minor units of {@code currency}
 * @param planned where the payment ends if nothing but the plan happens
 * @param actual what the gateway's books say now; empty when they do not know the order
 * @param stuckCause why it is stuck on purpose; empty for an order that is not meant to be
 * @param step how far the marketplace got with it
 */
public record PaymentTruth(
        String orderId,
        Optional<String> paymentId,
        long amountMinor,
        String currency,
        PaymentState planned,
        Optional<PaymentState> actual,
        Optional<StuckCause> stuckCause,
        Step step) {
    /** How far the marketplace got with an order. */
    public enum Step {
        /** Calls or waits are still to come. */
        OPEN,
        /** The plan has been carried out to its end. */
        DONE,
        /** The gateway failed the marketplace, which gave up. */
        UNRESOLVED
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("order_id", orderId)
                .put("payment", paymentId.orElse(null))
                .put("amount", amountMinor)
                .put("currency", currency)
                .put("planned", planned.wireName())
                .put("actual", actual.map(PaymentState::wireName).orElse(null))
                .put("stuck_cause", stuckCause.map(StuckCause::wireName).orElse(null))
                .put("step", step.name().toLowerCase(Locale.ROOT));
    }
}
