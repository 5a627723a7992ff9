package io.paybeacon.probe.http;

import io.paybeacon.core.event.ProbeReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One way in which a peer does TLS.
 *
 * @param name completes "a peer that"
 * @param certificate what it shows, if it comes so far
 * @param tls how it speaks TLS; empty when it does not
 * @param script what it does after the handshake, or instead of it
 * @param profile how the attempt speaks
 * @param protocol the version of HTTP that the attempt asks for
 * @param deadline time of the attempt
 * @param reason what must be booked; empty for nothing
 * @param showsCertificate whether the attempt must know the certificate
 * @param inHandshake whether the attempt ends in the handshake
 */
record TlsPeer(
        String name,
        TestCertificate certificate,
        Optional<RawServer.Tls> tls,
        RawServer.Script script,
        TlsProfile profile,
        Protocol protocol,
        Duration deadline,
        Optional<ProbeReason> reason,
        boolean showsCertificate,
        boolean inHandshake) {

    private static final Duration DAY = Duration.ofDays(1);
    private static final TestCertificate GOOD = TestCertificate.of("localhost");

    @Override
    public String toString() {
        return name;
    }

    RawServer open() throws IOException {
        return new RawServer(script, tls);
    }

    static Stream<TlsPeer> all() {
        return Stream.of(
                        Stream.of(trusted()),
                        certificates(),
                        versions(),
                        alerts(),
                        others(),
                        http2())
                .flatMap(peers -> peers);
    }

    private static TlsPeer trusted() {
        return shows("is trusted", GOOD, GOOD.trusted(), null);
    }

    private static Stream<TlsPeer> certificates() {
        TestCertificate expired =
                TestCertificate.of("localhost", Instant.now().minus(DAY.multipliedBy(30)), DAY);
        TestCertificate future =
                TestCertificate.of("localhost", Instant.now().plus(DAY), DAY.multipliedBy(3));
        TestCertificate other = TestCertificate.of("other.test");
        TestCertificate self = TestCertificate.selfSigned("localhost");
        TestCertificate broken = TestCertificate.withoutIntermediate("localhost");
        return Stream.of(
                shows("is expired", expired, expired.trusted(), ProbeReason.TLS_EXPIRED),
                shows("is not valid yet", future, future.trusted(), ProbeReason.TLS_EXPIRED),
                shows("has another name", other, other.trusted(), ProbeReason.TLS_NAME),
                shows("is of another authority", GOOD, other.trusted(), ProbeReason.TLS_CHAIN),
                shows("is of no public authority", GOOD, TlsProfile.PUBLIC, ProbeReason.TLS_CHAIN),
                shows("signed itself", self, GOOD.trusted(), ProbeReason.TLS_CHAIN),
                shows(
                        "leaves out an intermediate",
                        broken,
                        broken.trusted(),
                        ProbeReason.TLS_CHAIN));
    }

    private static Stream<TlsPeer> versions() {
        return Stream.of(
                speaks("speaks TLS 1.2 only", "TLSv1.2", "TLSv1.3"),
                speaks("speaks TLS 1.3 only", "TLSv1.3", "TLSv1.2"));
    }

    private static Stream<TlsPeer> alerts() {
        return Stream.of(
                alert("alerts handshake_failure", 40, ProbeReason.TLS_OTHER),
                alert("alerts internal_error", 80, ProbeReason.TLS_OTHER),
                alert("alerts unrecognized_name", 112, ProbeReason.TLS_OTHER),
                alert("alerts protocol_version", 70, ProbeReason.TLS_VERSION),
                alert("alerts insufficient_security", 71, ProbeReason.TLS_VERSION));
    }

    private static Stream<TlsPeer> others() {
        return Stream.of(
                instead(
                        "closes",
                        (socket, _, _) -> {
                            socket.getInputStream().read();
                            socket.close();
                        },
                        WireBench.PATIENT,
                        ProbeReason.TLS_OTHER),
                instead(
                        "resets",
                        (socket, _, _) -> {
                            socket.getInputStream().read();
                            RawServer.reset(socket);
                        },
                        WireBench.PATIENT,
                        ProbeReason.TLS_OTHER),
                instead(
                        "speaks plain HTTP",
                        (socket, _, _) -> {
                            socket.getInputStream().read();
                            RawServer.write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
                        },
                        WireBench.PATIENT,
                        ProbeReason.TLS_OTHER),
                instead(
                        "is silent",
                        (socket, _, _) -> socket.getInputStream().read(),
                        WireBench.IMPATIENT,
                        ProbeReason.TLS_TIMEOUT),
                demandsCertificate("TLSv1.2", true),
                demandsCertificate("TLSv1.3", false));
    }

    private static Stream<TlsPeer> http2() {
        return Stream.of(
                new TlsPeer(
                        "does not know HTTP/2",
                        GOOD,
                        Optional.of(RawServer.Tls.with(GOOD)),
                        TlsProbeTest::answer,
                        GOOD.trusted(),
                        Protocol.HTTP_2,
                        WireBench.PATIENT,
                        Optional.of(ProbeReason.PROTOCOL),
                        true,
                        false),
                new TlsPeer(
                        "refuses HTTP/2 by alert",
                        GOOD,
                        Optional.empty(),
                        alerting(120),
                        GOOD.trusted(),
                        Protocol.HTTP_2,
                        WireBench.PATIENT,
                        Optional.of(ProbeReason.PROTOCOL),
                        false,
                        true));
    }

    private static TlsPeer shows(
            String name, TestCertificate certificate, TlsProfile profile, ProbeReason reason) {
        return new TlsPeer(
                name,
                certificate,
                Optional.of(RawServer.Tls.with(certificate)),
                TlsProbeTest::answer,
                profile,
                Protocol.HTTP_1_1,
                WireBench.PATIENT,
                Optional.ofNullable(reason),
                true,
                reason != null);
    }

    private static TlsPeer speaks(String name, String server, String client) {
        return new TlsPeer(
                name,
                GOOD,
                Optional.of(
                        new RawServer.Tls(
                                GOOD.context(),
                                socket -> socket.setEnabledProtocols(new String[] {server}))),
                TlsProbeTest::answer,
                new TlsProfile(Optional.of(GOOD.authorityPem()), Optional.empty(), Set.of(client)),
                Protocol.HTTP_1_1,
                WireBench.PATIENT,
                Optional.of(ProbeReason.TLS_VERSION),
                false,
                true);
    }

    /** In TLS 1.3 the client has finished before the server can refuse it. */
    private static TlsPeer demandsCertificate(String version, boolean inHandshake) {
        return new TlsPeer(
                "demands a client certificate in " + version,
                GOOD,
                Optional.of(
                        new RawServer.Tls(
                                GOOD.context(),
                                socket -> {
                                    socket.setEnabledProtocols(new String[] {version});
                                    socket.setNeedClientAuth(true);
                                })),
                TlsProbeTest::answer,
                GOOD.trusted(),
                Protocol.HTTP_1_1,
                WireBench.PATIENT,
                Optional.of(ProbeReason.TLS_OTHER),
                false,
                inHandshake);
    }

    private static TlsPeer alert(String name, int description, ProbeReason reason) {
        return instead(name, alerting(description), WireBench.PATIENT, reason);
    }

    private static RawServer.Script alerting(int description) {
        return (socket, _, _) -> {
            socket.getInputStream().read(new byte[4096]);
            // Record of type alert, version 3.3, two bytes: fatal, description (RFC 8446, 6).
            byte[] record = {21, 3, 3, 0, 2, 2, (byte) description};
            socket.getOutputStream().write(record);
        };
    }

    private static TlsPeer instead(
            String name, RawServer.Script script, Duration deadline, ProbeReason reason) {
        return new TlsPeer(
                name,
                GOOD,
                Optional.empty(),
                script,
                GOOD.trusted(),
                Protocol.HTTP_1_1,
                deadline,
                Optional.of(reason),
                false,
                true);
    }
}
