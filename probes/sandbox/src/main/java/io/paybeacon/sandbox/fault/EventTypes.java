package io.paybeacon.sandbox.fault;

import java.util.List;

/** The event types the fake gateway sends (docs.stripe.com/api/events/types). */
public final class EventTypes {
    /** All of them, in the documentation's order. */
    public static final List<String> KNOWN =
            List.of(
                    "charge.captured",
                    "charge.expired",
                    "charge.failed",
                    "charge.refund.updated",
                    "charge.refunded",
                    "charge.succeeded",
                    "payment_intent.amount_capturable_updated",
                    "payment_intent.canceled",
                    "payment_intent.created",
                    "payment_intent.payment_failed",
                    "payment_intent.processing",
                    "payment_intent.requires_action",
                    "payment_intent.succeeded",
                    "refund.created",
                    "refund.updated");

    private EventTypes() {}
}
