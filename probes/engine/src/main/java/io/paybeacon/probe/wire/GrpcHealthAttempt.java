package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.http.Attempt;
import io.paybeacon.probe.http.TlsFacts;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a gRPC health check went.
 *
 * @param phases where its time went
 * @param grpcStatus status code of gRPC, 0 for OK; -1 when none came
 * @param servingStatus {@code SERVING}, {@code NOT_SERVING}, {@code SERVICE_UNKNOWN} or {@code
 *     UNKNOWN}; empty when none came
 * @param failure why it failed; null when the service is serving
 * @param tls what the peer showed in the TLS handshake; null without one
 * @param maybeReceived whether the peer may have seen the question
 * @param address of the target; null as in {@link Attempt#address}
 */
public record GrpcHealthAttempt(
        Phases phases,
        int grpcStatus,
        String servingStatus,
        @Nullable Failure failure,
        @Nullable TlsFacts tls,
        boolean maybeReceived,
        @Nullable InetAddress address)
        implements Attempt {

    public GrpcHealthAttempt {
        requireNonNull(phases, "phases is null");
        requireNonNull(servingStatus, "servingStatus is null");
    }

    /** Never: each check has a connection of its own. */
    @Override
    public boolean warm() {
        return false;
    }
}
