package io.paybeacon.probe.health;

import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.wire.DnsAttempt;
import io.paybeacon.probe.wire.DnsCall;
import io.paybeacon.probe.wire.TcpCall;
import io.paybeacon.probe.wire.WireProbes;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks canaries on the network: a connection that is closed at once, or a name's address. */
final class WireCanaries implements CanaryProbe {

    private final ContextInternal context;
    private final WireProbes probes;
    private final Duration timeout;

    WireCanaries(ContextInternal context, WireProbes probes, Duration timeout) {
        this.context = context;
        this.probes = probes;
        this.timeout = timeout;
    }

    @Override
    public Future<Optional<String>> ask(Canary canary) {
        return switch (canary) {
            case Canary.Tcp tcp ->
                    probes.tcp()
                            .send(
                                    context,
                                    TlsProfile.PUBLIC,
                                    new TcpCall(
                                            tcp.host(),
                                            tcp.port(),
                                            false,
                                            List.of(),
                                            timeout,
                                            Limits.DIALOGUE_BYTES_MAX))
                            .map(attempt -> why(attempt.failure()));
            case Canary.Dns dns ->
                    probes.dns()
                            .send(
                                    context,
                                    new DnsCall(
                                            dns.name(),
                                            DnsCall.Type.A,
                                            Optional.empty(),
                                            false,
                                            timeout))
                            .map(WireCanaries::why);
        };
    }

    /** A name without an IPv4 address was looked up all the same. */
    private static Optional<String> why(DnsAttempt attempt) {
        return attempt.rcode().equals("NOERROR") ? Optional.empty() : why(attempt.failure());
    }

    private static Optional<String> why(@Nullable Failure failure) {
        return failure == null
                ? Optional.empty()
                : Optional.of("%s: %s".formatted(failure.reason().label(), failure.detail()));
    }
}
