package io.paybeacon.gateways.paypal;

import io.paybeacon.core.event.Event;
import io.paybeacon.gateways.message.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Messages as PayPal sends them, with ids that are made up. */
final class Resources {
    static final Instant RECEIVED_AT = Instant.parse("2026-11-22T12:00:00Z");

    private Resources() {}

    /** An event about a resource. */
    static byte[] event(String type, String resource) {
        return bytes(
                "{\"id\": \"WH-1AB-2CD\", \"event_version\": \"1.0\", \"create_time\":"
                        + " \"2026-11-22T11:59:58.123Z\", \"resource_type\": \"capture\","
                        + " \"event_type\": \""
                        + type
                        + "\", \"summary\": \"planted text\", \"resource\": "
                        + resource
                        + ", \"links\": [{\"href\": \"https://api.paypal.com/v1/x\", \"rel\":"
                        + " \"self\"}]}");
    }

    /** A resource with an id and 20.00 dollars, with further fields. */
    static String resource(String id, String fields) {
        return "{\"id\": \"%s\", \"amount\": {\"currency_code\": \"USD\", \"value\": \"20.00\"}%s}"
                .formatted(id, fields.isEmpty() ? "" : ", " + fields);
    }

    /** The field that names the order, and further related objects. */
    static String ofOrder(String more) {
        return "\"supplementary_data\": {\"related_ids\": {\"order_id\": \"ORDER1\"%s}}"
                .formatted(more.isEmpty() ? "" : ", " + more);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static PayPalWebhooks adapter() {
        return new PayPalWebhooks("paypal-eu", _ -> Optional.empty(), PayPalWebhooks.PAYPAL_HOSTS);
    }

    static List<Event> map(byte[] body) {
        return adapter().map(body, RECEIVED_AT);
    }

    static List<String> told(String type, String resource) {
        return Told.lines(map(event(type, resource)));
    }
}
