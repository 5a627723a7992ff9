package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.webhook.WebhookEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * An event (developer.paypal.com/api/rest/webhooks/rest), with the object as it was at that
 * moment.
 *
 * @param created the gateway's clock
 * @param summary the text for people
 * @param baseUrl of the gateway, for the links
 * @param signer signs its deliveries
 */
record PayPalEvent(
        String id,
        PayPalEventType kind,
        Instant created,
        String summary,
        JsonObject resource,
        Map<String, String> paymentMetadata,
        String baseUrl,
        TransmissionSigner signer)
        implements WebhookEvent {
    PayPalEvent {
        paymentMetadata = Map.copyOf(paymentMetadata);
    }

    @Override
    public String type() {
        return kind.wireName();
    }

    @Override
    public boolean terminal() {
        return kind.terminal();
    }

    @Override
    public Message message(Signing signing) {
        String body = envelope().encode();
        return new Message(signer.headers(signing, baseUrl, body), body);
    }

    /** The body of a delivery, in the order in which PayPal writes it. */
    JsonObject envelope() {
        String self = baseUrl + "/v1/notifications/webhooks-events/" + id;
        return new JsonObject()
                .put("id", id)
                .put("event_version", "1.0")
                .put("create_time", created.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("resource_type", kind.resourceType())
                .put("resource_version", "2.0")
                .put("event_type", kind.wireName())
                .put("summary", summary)
                .put("resource", resource)
                .put(
                        "links",
                        new JsonArray()
                                .add(PayPalJson.link(self, "self", "GET"))
                                .add(PayPalJson.link(self + "/resend", "resend", "POST")));
    }
}
