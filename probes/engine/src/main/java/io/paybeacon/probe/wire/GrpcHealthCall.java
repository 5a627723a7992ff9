package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A question after the health of a gRPC service ({@code grpc.health.v1.Health/Check}).
 *
 * @param host name or literal address
 * @param port TCP port
 * @param tls whether it goes over TLS; else HTTP/2 with prior knowledge
 * @param service name of the service; empty for the server as a whole
 * @param deadline time from the start to the end of the answer
 */
public record GrpcHealthCall(
        String host, int port, boolean tls, String service, Duration deadline) {

    public GrpcHealthCall {
        requireNonNull(host, "host is null");
        requireNonNull(service, "service is null");
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline " + deadline + " is not positive");
        }
    }
}
