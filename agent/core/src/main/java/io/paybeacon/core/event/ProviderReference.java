package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;

/**
 * A reference by which a gateway names an object of its own, such as a charge or a refund.
 *
 * @param gateway the configured name of the gateway account, within which the value is unique
 * @param value the gateway's id, as it writes it
 */
public record ProviderReference(String gateway, String value) {
    public ProviderReference {
        Origin.requireGateway(gateway);
        Origin.requireText(value, "value");
    }

    /** {@code gateway:value}. */
    public String key() {
        return gateway + ":" + value;
    }

    /** Writes it. */
    public void write(ByteWriter out) {
        out.text(gateway);
        out.text(value);
    }

    /** Reads what {@link #write} wrote. */
    public static ProviderReference read(ByteReader in) {
        return new ProviderReference(in.text(), in.text());
    }
}
