package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS with both engines: they must say the same of the same peer. */
class TlsProbeTest {

    private static final Map<TlsEngine, WireBench> BENCHES = new EnumMap<>(TlsEngine.class);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @BeforeAll
    static void start() {
        for (TlsEngine engine : TlsEngine.values()) {
            BENCHES.put(engine, new WireBench(engine));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (WireBench bench : BENCHES.values()) {
            bench.close();
        }
        BENCHES.clear();
    }

    static Stream<Arguments> peersByEngine() {
        return Arrays.stream(TlsEngine.values())
                .flatMap(engine -> TlsPeer.all().map(peer -> Arguments.of(engine, peer)));
    }

    @Test
    @DisplayName("The native library loads on the machines that the build ships it for")
    void best_isBoringSsl() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (Set.of("Linux amd64", "Linux aarch64").contains(system)) {
            assertThat(TlsEngine.best()).isEqualTo(TlsEngine.BORINGSSL);
        }
    }

    @ParameterizedTest(name = "{0}: a peer that {1}")
    @MethodSource("peersByEngine")
    void send_peer(TlsEngine engine, TlsPeer peer) throws Exception {
        try (RawServer server = peer.open()) {
            HttpCall call =
                    WireBench.call(
                            "GET",
                            peer.protocol(),
                            true,
                            server.port(),
                            "",
                            peer.deadline(),
                            Optional.empty());
            HttpAttempt attempt = BENCHES.get(engine).send(peer.profile(), call);

            assertThat(Optional.ofNullable(attempt.failure()).map(Failure::reason))
                    .as("%s", attempt)
                    .isEqualTo(peer.reason());
            assertThat(server.connections()).isEqualTo(1);
            assertThat(attempt.phases().nanos()).containsKeys(Phase.CONNECT, Phase.TLS);
            assertThat(attempt.phases().remainderNanos()).isNotNegative();
            if (peer.inHandshake()) {
                assertThat(attempt.phases().nanos()).containsOnlyKeys(Phase.CONNECT, Phase.TLS);
                assertThat(attempt.maybeReceived()).isFalse();
            }
            if (peer.showsCertificate()) {
                assertThat(attempt.tls()).isNotNull();
                assertThat(attempt.tls().chain().getFirst().subject())
                        .isEqualTo(
                                peer.certificate()
                                        .own()
                                        .getCertificate()
                                        .getSubjectX500Principal()
                                        .getName());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    @DisplayName("The facts of a certificate: names, times, serial, digest, version, cipher")
    void send_facts(TlsEngine engine) throws Exception {
        TestCertificate certificate = TestCertificate.of("localhost");
        try (RawServer server = answering(certificate)) {
            HttpAttempt attempt =
                    BENCHES.get(engine)
                            .send(
                                    certificate.trusted(),
                                    WireBench.call(
                                            "GET", Protocol.HTTP_1_1, true, server.port(), ""));
            TlsFacts facts = attempt.tls();
            assertThat(attempt.failure()).isNull();
            assertThat(facts).isNotNull();
            assertThat(facts.protocol()).isEqualTo("TLSv1.3");
            assertThat(facts.cipher()).startsWith("TLS_");
            TlsFacts.Certificate own = facts.chain().getFirst();
            var x509 = certificate.own().getCertificate();
            assertThat(own.names()).containsExactly("localhost");
            assertThat(own.notAfter()).isEqualTo(x509.getNotAfter().toInstant());
            assertThat(own.notBefore()).isEqualTo(x509.getNotBefore().toInstant());
            assertThat(own.serial()).isEqualTo(x509.getSerialNumber().toString(16));
            assertThat(own.sha256()).matches("[0-9a-f]{64}");
            assertThat(own.issuer()).isEqualTo("CN=authority");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    @DisplayName("A client certificate is shown to a server that asks for one")
    void send_clientCertificate(TlsEngine engine) throws Exception {
        TestCertificate certificate = TestCertificate.of("localhost");
        ClientCertificate client =
                new ClientCertificate(
                        certificate.own().getCertificatePathPEM(),
                        Secret.ofLines(certificate.own().getPrivateKeyPEM()));
        TlsProfile profile =
                new TlsProfile(
                        Optional.of(certificate.authorityPem()), Optional.of(client), Set.of());
        RawServer.Tls asking =
                new RawServer.Tls(certificate.context(), socket -> socket.setNeedClientAuth(true));
        try (RawServer server = new RawServer(TlsProbeTest::answer, Optional.of(asking))) {
            HttpAttempt attempt =
                    BENCHES.get(engine)
                            .send(
                                    profile,
                                    WireBench.call(
                                            "GET", Protocol.HTTP_1_1, true, server.port(), ""));
            assertThat(attempt.failure()).isNull();
        }
    }

    @Test
    @DisplayName("PEM that cannot be read is a fault of the agent, and nothing is sent")
    void send_brokenPem() throws Exception {
        TlsProfile broken = TlsProfile.trusting("not a certificate");
        try (RawServer server = answering(TestCertificate.of("localhost"))) {
            HttpAttempt attempt =
                    BENCHES.get(TlsEngine.JDK)
                            .send(
                                    broken,
                                    WireBench.call(
                                            "GET", Protocol.HTTP_1_1, true, server.port(), ""));
            assertThat(attempt.failure())
                    .extracting(Failure::reason)
                    .isEqualTo(ProbeReason.AGENT_FAULT);
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    @DisplayName("A profile is judged by its own rules, also after another one to the same server")
    void send_profilesApart(TlsEngine engine) throws Exception {
        TestCertificate certificate = TestCertificate.of("localhost");
        TlsProfile old =
                new TlsProfile(
                        Optional.of(certificate.authorityPem()),
                        Optional.empty(),
                        Set.of("TLSv1.2"));
        try (RawServer server = answering(certificate)) {
            HttpCall call = WireBench.call("GET", Protocol.HTTP_1_1, true, server.port(), "");
            WireBench bench = BENCHES.get(engine);
            assertThat(bench.send(certificate.trusted(), call).tls().protocol())
                    .isEqualTo("TLSv1.3");
            assertThat(bench.send(old, call).tls().protocol()).isEqualTo("TLSv1.2");
            assertThat(bench.send(TlsProfile.PUBLIC, call).failure()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    @DisplayName("Every cold attempt makes a full handshake, also beside a connection that is kept")
    void send_neverResumes(TlsEngine engine) throws Exception {
        TestCertificate certificate = TestCertificate.of("localhost");
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            TlsProfile profile =
                    new TlsProfile(
                            Optional.of(certificate.authorityPem()),
                            Optional.empty(),
                            Set.of(version));
            try (RawServer server = answering(certificate);
                    CountingRelay relay = new CountingRelay(server.port())) {
                KeptConnection kept = new KeptConnection();
                WireBench bench = BENCHES.get(engine);
                HttpCall call = WireBench.call("GET", Protocol.HTTP_1_1, true, relay.port(), "");
                assertThat(bench.send(bench.context(), profile, call, kept).failure()).isNull();
                for (int i = 0; i < 3; i++) {
                    assertThat(bench.send(profile, call).failure()).isNull();
                }
                kept.close();
                // A resumed handshake lacks the certificate: several hundred bytes.
                List<Long> bytes = relay.bytesFromServer(4);
                assertThat(bytes)
                        .allSatisfy(n -> assertThat(n).isGreaterThan(bytes.getFirst() - 100));
            }
        }
    }

    private static RawServer answering(TestCertificate certificate) throws IOException {
        return new RawServer(TlsProbeTest::answer, Optional.of(RawServer.Tls.with(certificate)));
    }

    static void answer(Socket socket, RawServer server, int number) throws Exception {
        try (socket) {
            while (true) {
                server.readRequest(socket);
                RawServer.write(socket, OK);
            }
        }
    }

    /** Passes bytes through and counts those of the server, a connection at a time. */
    private static final class CountingRelay implements AutoCloseable {
        private final List<Long> counts = new CopyOnWriteArrayList<>();
        private final RawServer front;

        CountingRelay(int backend) throws Exception {
            front =
                    new RawServer((socket, _, _) -> {
                        try (Socket server =
                                new Socket(InetAddress.getLoopbackAddress(), backend)) {
                            Thread.ofVirtual()
                                    .start(() -> {
                                        try {
                                            socket.getInputStream()
                                                    .transferTo(server.getOutputStream());
                                            server.shutdownOutput();
                                        } catch (IOException e) {
                                            // The attempt has ended.
                                            return;
                                        }
                                    });
                            counts.add(pump(server, socket));
                        }
                        socket.close();
                    });
        }

        private static long pump(Socket from, Socket to) {
            long count = 0;
            byte[] buffer = new byte[8192];
            try {
                for (int n = from.getInputStream().read(buffer);
                        n >= 0;
                        n = from.getInputStream().read(buffer)) {
                    count += n;
                    to.getOutputStream().write(buffer, 0, n);
                }
            } catch (IOException e) {
                return count;
            }
            return count;
        }

        int port() {
            return front.port();
        }

        List<Long> bytesFromServer(int connections) {
            await().atMost(Duration.ofSeconds(20)).until(() -> counts.size() == connections);
            return List.copyOf(counts);
        }

        @Override
        public void close() throws IOException {
            front.close();
        }
    }
}
