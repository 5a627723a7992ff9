package io.paybeacon.probe.run;

import io.paybeacon.probe.http.Attempt;
import io.paybeacon.probe.http.TlsFacts;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.wire.DnsAttempt;
import io.paybeacon.probe.wire.GrpcHealthAttempt;
import io.paybeacon.probe.wire.TcpAttempt;
import java.util.ArrayList;
import java.util.List;

/** What came back from a peer that speaks less than HTTP, in lines for the log of a run. */
final class AttemptText {

    private AttemptText() {}

    /** No line is empty; the order is that of the wire. */
    static List<String> lines(Attempt attempt) {
        List<String> lines = new ArrayList<>();
        TlsFacts tls = attempt.tls();
        if (tls != null) {
            tls(tls, lines);
        }
        switch (attempt) {
            case TcpAttempt tcp -> {
                tcp.matchedGroups().forEach(group -> lines.add("< matched: " + group));
                lines.add("< %d bytes".formatted(tcp.bytesIn()));
            }
            case DnsAttempt dns when !dns.rcode().isEmpty() -> {
                String ttl =
                        dns.minTtlSeconds() < 0 ? "" : ", for %d s".formatted(dns.minTtlSeconds());
                lines.add("< %s, %d answers%s".formatted(dns.rcode(), dns.answers().size(), ttl));
                dns.answers().forEach(answer -> lines.add("< " + answer));
            }
            case GrpcHealthAttempt grpc when grpc.grpcStatus() >= 0 ->
                    lines.add(
                            "< gRPC status %d%s"
                                    .formatted(
                                            grpc.grpcStatus(),
                                            grpc.servingStatus().isEmpty()
                                                    ? ""
                                                    : ", " + grpc.servingStatus()));
            default -> {
                // A handshake brings no more than its certificates.
            }
        }
        Failure failure = attempt.failure();
        if (failure != null) {
            lines.add("! %s: %s".formatted(failure.reason().label(), failure.detail()));
        }
        return lines;
    }

    private static void tls(TlsFacts tls, List<String> lines) {
        if (!tls.protocol().isEmpty()) {
            lines.add("< %s %s".formatted(tls.protocol(), tls.cipher()));
        }
        for (TlsFacts.Certificate certificate : tls.chain()) {
            lines.add(
                    "< certificate %s, by %s, for %s, from %s to %s"
                            .formatted(
                                    certificate.subject(),
                                    certificate.issuer(),
                                    certificate.names(),
                                    certificate.notBefore(),
                                    certificate.notAfter()));
        }
    }
}
