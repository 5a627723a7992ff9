package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * A dialogue over one TCP connection.
 *
 * @param host name or literal address
 * @param port TCP port
 * @param tls whether it begins with a TLS handshake
 * @param dialogue the turns in order; empty to connect only
 * @param deadline time from the start to the end of the last turn
 * @param bytesMax bytes read in all beyond which the attempt ends
 */
public record TcpCall(
        String host,
        int port,
        boolean tls,
        List<Exchange> dialogue,
        Duration deadline,
        int bytesMax) {

    public TcpCall {
        requireNonNull(host, "host is null");
        dialogue = List.copyOf(dialogue);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline " + deadline + " is not positive");
        }
        long upgrades = dialogue.stream().filter(Exchange.StartTls.class::isInstance).count();
        if (upgrades + (tls ? 1 : 0) > 1) {
            throw new IllegalArgumentException("A connection goes over to TLS once");
        }
    }
}
