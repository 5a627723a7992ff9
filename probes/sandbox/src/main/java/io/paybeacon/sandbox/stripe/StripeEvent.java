package io.paybeacon.sandbox.stripe;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * An event (docs.stripe.com/api/events/object), with the object as it was at that moment.
 *
 * @param createdSeconds epoch seconds, the sandbox's clock
 * @param paymentMetadata the metadata of the payment it is about, for matching faults
 */
public record StripeEvent(
        String id,
        String type,
        long createdSeconds,
        JsonObject object,
        Optional<String> requestId,
        Optional<String> idempotencyKey,
        Map<String, String> paymentMetadata) {
    public StripeEvent {
        paymentMetadata = Map.copyOf(paymentMetadata);
    }

    /** The body of a webhook. */
    public JsonObject envelope(int pendingWebhooks) {
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
