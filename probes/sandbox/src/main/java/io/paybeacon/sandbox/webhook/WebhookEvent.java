package io.paybeacon.sandbox.webhook;

import java.time.Instant;
import java.util.Map;

/** An event of a fake gateway and how it is sent; each gateway has its own. Immutable. */
public interface WebhookEvent {
    /** The gateway's id of the event; the same in every delivery. */
    String id();

    /** For example {@code payment_intent.succeeded}. */
    String type();

    /** The metadata of the payment it is about, for matching faults; empty when there is none. */
    Map<String, String> paymentMetadata();

    /** Whether it tells the outside how a payment ended. */
    boolean terminal();

    /** Body and headers of one delivery, signed as the gateway signs. */
    Message message(Signing signing);

    /**
     * What one delivery is signed with.
     *
     * @param secret the endpoint's
     * @param at when it is sent, the gateway's clock
     * @param endpoints how many endpoints get the event
     * @param attempt 1 for the first delivery
     * @param valid false when a fault wants a signature that does not fit
     */
    record Signing(String secret, Instant at, int endpoints, int attempt, boolean valid) {
        /** Everything but the secret. */
        @Override
        public String toString() {
            return "Signing[" + at + ", attempt " + attempt + ", valid " + valid + "]";
        }
    }

    /**
     * A request to an endpoint.
     *
     * @param headers with the content's type and the signature
     */
    record Message(Map<String, String> headers, String body) {
        public Message {
            headers = Map.copyOf(headers);
        }
    }
}
