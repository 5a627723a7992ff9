package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.webhook.WebhookEvent;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An event (docs.stripe.com/api/events/object), with the object as it was at that moment.
 *
 * @param createdSeconds epoch seconds, the sandbox's clock
 * @param paymentMetadata the metadata of the payment it is about, for matching faults
 */
record StripeEvent(
        String id,
        String type,
        long createdSeconds,
        JsonObject object,
        Optional<String> requestId,
        Optional<String> idempotencyKey,
        Map<String, String> paymentMetadata)
        implements WebhookEvent {
    /** The events that tell the outside how a payment ended. */
    private static final Set<String> TERMINAL =
            Set.of(
                    "charge.succeeded",
                    "charge.captured",
                    "charge.failed",
                    "payment_intent.succeeded",
                    "payment_intent.canceled",
                    "payment_intent.payment_failed");

    public StripeEvent {
        paymentMetadata = Map.copyOf(paymentMetadata);
    }

    @Override
    public boolean terminal() {
        return TERMINAL.contains(type);
    }

    @Override
    public Message message(Signing signing) {
        String body = envelope(signing.endpoints()).encodePrettily();
        String secret = signing.valid() ? signing.secret() : signing.secret() + "_wrong";
        String signature = StripeSignature.header(secret, signing.at().getEpochSecond(), body);
        return new Message(
                Map.of(
                        "Content-Type",
                        "application/json; charset=utf-8",
                        "User-Agent",
                        "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
                        "Stripe-Signature",
                        signature),
                body);
    }

    private JsonObject envelope(int pendingWebhooks) {
        return new JsonObject()
                .put("id", id)
                .put("object", "event")
                .put("api_version", StripeJson.API_VERSION)
                .put("created", createdSeconds)
                .put("data", new JsonObject().put("object", object))
                .put("livemode", false)
                .put("pending_webhooks", pendingWebhooks)
                .put(
                        "request",
                        new JsonObject()
                                .put("id", requestId.orElse(null))
                                .put("idempotency_key", idempotencyKey.orElse(null)))
                .put("type", type);
    }
}
