package io.paybeacon.probe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.RawServer;
import io.paybeacon.probe.http.TestCertificate;
import io.paybeacon.probe.http.WireBench;
import io.paybeacon.probe.result.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TlsHandshakeTest {

    private static WireBench bench;

    @BeforeAll
    static void start() {
        bench = new WireBench();
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static TlsAttempt shake(TestCertificate certificate, String serverName)
            throws Exception {
        try (RawServer server =
                new RawServer(
                        (socket, _, _) -> socket.getInputStream().read(),
                        Optional.of(RawServer.Tls.with(certificate)))) {
            TlsCall call = new TlsCall("127.0.0.1", server.port(), serverName, WireBench.PATIENT);
            TlsAttempt attempt =
                    new TlsProbe(bench.dialer)
                            .send(bench.context(), certificate.trusted(), call)
                            .await(40, TimeUnit.SECONDS);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(attempt.phases().nanos()).containsOnlyKeys(Phase.CONNECT, Phase.TLS);
            return attempt;
        }
    }

    @Test
    @DisplayName("The name that is verified is the one asked for, not the address")
    void send_serverName() throws Exception {
        TestCertificate certificate = TestCertificate.of("api.gateway.test");
        TlsAttempt attempt = shake(certificate, "api.gateway.test");
        assertThat(attempt.failure()).isNull();
        assertThat(attempt.tls().protocol()).isEqualTo("TLSv1.3");
    }

    @Test
    @DisplayName("A refused certificate is shown all the same: expired, and of another name")
    void send_factsOfRefused() throws Exception {
        Instant past = Instant.now().minus(Duration.ofDays(9));
        TestCertificate expired = TestCertificate.of("api.gateway.test", past, Duration.ofDays(2));
        TlsAttempt late = shake(expired, "api.gateway.test");
        assertThat(late.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.TLS_EXPIRED);
        assertThat(late.tls().chain().getFirst().notAfter())
                .isEqualTo(expired.own().getCertificate().getNotAfter().toInstant());

        TlsAttempt foreign = shake(TestCertificate.of("other.test"), "api.gateway.test");
        assertThat(foreign.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.TLS_NAME);
        assertThat(foreign.tls().chain().getFirst().names()).containsExactly("other.test");
        assertThat(foreign.tls().protocol()).isEqualTo("TLSv1.3");
    }
}
