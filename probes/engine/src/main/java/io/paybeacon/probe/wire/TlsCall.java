package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A TLS handshake, and nothing after it.
 *
 * @param host name or literal address
 * @param port TCP port
 * @param serverName the name in SNI, against which the certificate is verified
 * @param deadline time from the start to the end of the handshake
 */
public record TlsCall(String host, int port, String serverName, Duration deadline) {

    public TlsCall {
        requireNonNull(host, "host is null");
        requireNonNull(serverName, "serverName is null");
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline " + deadline + " is not positive");
        }
    }
}
