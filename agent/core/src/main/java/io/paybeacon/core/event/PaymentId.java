package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;

/**
 * The agent's id of a payment: the gateway account and the gateway's reference of what it calls a
 * payment (Stripe: the PaymentIntent).
 *
 * @param gateway the configured name of the gateway account
 * @param reference the gateway's id, as it writes it
 */
public record PaymentId(String gateway, String reference) {
    public PaymentId {
        Origin.requireGateway(gateway);
        Origin.requireText(reference, "reference");
    }

    /** {@code gateway:reference}, the form in which people and the API name a payment. */
    public String key() {
        return gateway + ":" + reference;
    }

    /** Writes it. */
    public void write(ByteWriter out) {
        out.text(gateway);
        out.text(reference);
    }

    /** Reads what {@link #write} wrote. */
    public static PaymentId read(ByteReader in) {
        return new PaymentId(in.text(), in.text());
    }
}
