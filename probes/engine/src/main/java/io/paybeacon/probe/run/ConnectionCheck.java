package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.TlsFacts;
import io.paybeacon.probe.plan.Assertion;
import io.paybeacon.probe.plan.Assertion.Bound;
import io.paybeacon.probe.result.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what is asserted of a connection: how long it took, and what TLS showed. */
final class ConnectionCheck {

    private ConnectionCheck() {}

    /** Empty when the attempts of the step took no longer than that. */
    static @Nullable Failure check(Assertion.Latency latency, long latencyNanos) {
        return latencyNanos <= latency.max().toNanos()
                ? null
                : new Failure(
                        ProbeReason.LATENCY,
                        "it took %d ms, at most %d are expected"
                                .formatted(latencyNanos / 1_000_000, latency.max().toMillis()));
    }

    /** Null when the version of TLS is one of those. */
    static @Nullable Failure check(Assertion.TlsProtocol wanted, @Nullable TlsFacts tls) {
        String protocol = tls == null ? "no TLS" : tls.protocol();
        return wanted.protocols().contains(protocol)
                ? null
                : new Failure(
                        ProbeReason.TLS_VERSION,
                        "it is %s, expected %s"
                                .formatted(protocol, String.join(" or ", wanted.protocols())));
    }

    /**
     * Null when every certificate of the chain is good for that many more days.
     *
     * @param now agent's wall clock
     */
    static @Nullable Failure check(
            Assertion.CertificateDays wanted, @Nullable TlsFacts tls, Instant now) {
        Optional<TlsFacts.Certificate> first =
                tls == null
                        ? Optional.empty()
                        : tls.chain().stream()
                                .min(Comparator.comparing(TlsFacts.Certificate::notAfter));
        if (first.isEmpty()) {
            return new Failure(ProbeReason.ASSERTION, "there is no certificate to look at");
        }
        long days = Duration.between(now, first.get().notAfter()).toDays();
        return wanted.bounds().stream().allMatch(bound -> bound.holds(days))
                ? null
                : new Failure(
                        ProbeReason.CERT_EXPIRING,
                        "the certificate of %s ends in %d days, at %s, expected %s"
                                .formatted(
                                        first.get().subject(),
                                        days,
                                        first.get().notAfter(),
                                        wanted.bounds().stream()
                                                .map(Bound::toString)
                                                .collect(Collectors.joining(" and "))));
    }
}
