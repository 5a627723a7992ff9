package io.paybeacon.server.http;

import io.paybeacon.server.config.KeyPairPem;
import java.util.Optional;

/**
 * Where and how the HTTP door listens.
 *
 * @param host a name or address of this machine
 * @param port 0 for any that is free
 * @param tls with what HTTPS is served; empty for plain HTTP
 * @param bodyBytesMax the largest body of a webhook
 * @param bodyReadMillisMax from the headers of a webhook to the last byte of its body
 * @param durableWaitMillisMax how long a webhook waits to become durable
 */
public record HttpSettings(
        String host,
        int port,
        Optional<KeyPairPem> tls,
        int bodyBytesMax,
        int bodyReadMillisMax,
        int durableWaitMillisMax) {
    public HttpSettings {
        within("the port", port, 0, 65_535);
        within("the largest body in bytes", bodyBytesMax, 1, Limits.BODY_BYTES_HELD_MAX);
        within("the time to read a body in ms", bodyReadMillisMax, 1, Limits.WAIT_MILLIS_MAX);
        within("the wait to be durable in ms", durableWaitMillisMax, 1, Limits.WAIT_MILLIS_MAX);
    }

    /** The usual limits. */
    public static HttpSettings at(String host, int port) {
        return new HttpSettings(
                host,
                port,
                Optional.empty(),
                Limits.BODY_BYTES_DEFAULT,
                Limits.BODY_READ_MILLIS_DEFAULT,
                Limits.DURABLE_WAIT_MILLIS_DEFAULT);
    }

    /** The same over TLS. */
    public HttpSettings withTls(KeyPairPem keys) {
        return new HttpSettings(
                host,
                port,
                Optional.of(keys),
                bodyBytesMax,
                bodyReadMillisMax,
                durableWaitMillisMax);
    }

    private static void within(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    what + " is " + value + ", not from " + min + " to " + max);
        }
    }
}
