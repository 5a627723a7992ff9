package io.paybeacon.gateways;

import io.paybeacon.core.event.Event;
import java.time.Instant;
import java.util.List;

/**
 * The webhooks of one gateway account: who sent these bytes, and what do they say.
 *
 * <p>An adapter does no I/O and has no clock. It never throws on anything that a stranger can send.
 * Implementations are immutable and safe for use by many threads.
 */
public interface WebhookAdapter {
    /**
     * The field of the gateway's own metadata that holds the id of the run, on every object that a
     * probe makes. A message about such an object becomes a {@code ProbeEvent.WebhookSeen} and
     * nothing else.
     */
    String PROBE_RUN_FIELD = "paybeacon_run";

    /**
     * The field of the gateway's own metadata that holds the version of the platform's
     * configuration that sent the payment there.
     */
    String CONFIGURATION_FIELD = "paybeacon_configuration";

    /** The field of the gateway's own metadata that holds the platform's id of the customer. */
    String CUSTOMER_FIELD = "customer_id";

    /** The configured name of the gateway account: in the origin of every event. */
    String gateway();

    /**
     * Whether the gateway sent the message. Where the signature sits, in a header or in the body,
     * is the adapter's knowledge.
     *
     * @param headers of the HTTP request
     * @param body the bytes as they came, before any decoding
     * @param secrets those of the endpoint; several while one replaces another
     * @param now by the agent's clock, against which the age of the message is judged
     */
    Verified verify(WebhookHeaders headers, byte[] body, List<WebhookSecret> secrets, Instant now);

    /**
     * What a verified message says: one event at least, and many when the message carries many.
     *
     * @param body the bytes that were verified
     * @param receivedAt by the agent's clock: stands in where the message does not say when it was
     *     made, which makes it malformed
     */
    List<Event> map(byte[] body, Instant receivedAt);
}
