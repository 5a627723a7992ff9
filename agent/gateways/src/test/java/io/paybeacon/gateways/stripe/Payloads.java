package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.Event;
import io.paybeacon.gateways.message.Told;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Webhooks as Stripe sends them, with ids that are made up. */
final class Payloads {
    static final Instant RECEIVED_AT = Instant.parse("2026-11-22T12:00:00Z");
    static final long CREATED_SECONDS = 1_795_341_600L;
    static final List<String> FILES =
            List.of(
                    "payment_intent.succeeded",
                    "payment_intent.payment_failed",
                    "charge.refunded",
                    "refund.failed",
                    "charge.dispute.created");

    private Payloads() {}

    /** A payload written out in full. */
    static byte[] file(String name) {
        try (InputStream in = Payloads.class.getResourceAsStream(name + ".json")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An event about an object. */
    static byte[] event(String type, String object) {
        return bytes(
                "{\"id\": \"evt_1\", \"object\": \"event\", \"type\": \"%s\", \"created\": %d,"
                                .formatted(type, CREATED_SECONDS)
                        + " \"data\": {\"object\": "
                        + object
                        + "}}");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What an adapter with defaults makes of it. */
    static List<Event> map(byte[] body) {
        return new StripeWebhooks("stripe-eu", StripeWebhooks.ORDER_FIELDS).map(body, RECEIVED_AT);
    }

    /** What an adapter with defaults makes of an event about an object, as lines. */
    static List<String> told(String type, String object) {
        return Told.lines(map(event(type, object)));
    }
}
