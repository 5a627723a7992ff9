package io.paybeacon.probe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.RawServer;
import io.paybeacon.probe.http.TestCertificate;
import io.paybeacon.probe.http.WireBench;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TcpProbeTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.of("localhost");
    private static WireBench bench;
    private static TcpProbe probe;

    @BeforeAll
    static void start() {
        bench = new WireBench();
        probe = new TcpProbe(bench.dialer);
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static Exchange send(String text) {
        return new Exchange.Send(Buffer.buffer(text));
    }

    private static Exchange expect(String pattern) {
        return new Exchange.Expect(Pattern.compile(pattern), 4096);
    }

    private static TcpAttempt talk(int port, boolean tls, Duration deadline, Exchange... turns)
            throws Exception {
        TcpCall call = new TcpCall("localhost", port, tls, List.of(turns), deadline, 16 * 1024);
        return probe.send(bench.context(), CERTIFICATE.trusted(), call).await(40, TimeUnit.SECONDS);
    }

    private static String line(Socket socket) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n';
                c = socket.getInputStream().read()) {
            if (c < 0) {
                throw new java.io.EOFException();
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static void assertFails(TcpAttempt attempt, ProbeReason reason) {
        assertThat(attempt.failure())
                .as("%s", attempt)
                .extracting(Failure::reason)
                .isEqualTo(reason);
        assertThat(attempt.phases().remainderNanos()).isNotNegative();
    }

    @Test
    @DisplayName("A dialogue without turns is a connect")
    void send_connectOnly() throws Exception {
        try (RawServer server = new RawServer((_, _, _) -> {})) {
            TcpAttempt attempt = talk(server.port(), false, WireBench.PATIENT);
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.phases().nanos()).containsOnlyKeys(Phase.CONNECT);
            assertThat(attempt.maybeReceived()).isFalse();
        }
    }

    @Test
    @DisplayName("Turn after turn: what follows a match is left to the next turn, groups are kept")
    void send_dialogue() throws Exception {
        RawServer.Script script =
                (socket, server, _) -> {
                    RawServer.write(socket, "220 mail ready id=77\r\n250 early\r\n");
                    server.saw(line(socket));
                    RawServer.write(socket, "221 bye\r\n");
                };
        try (RawServer server = new RawServer(script)) {
            TcpAttempt attempt =
                    talk(
                            server.port(),
                            false,
                            WireBench.PATIENT,
                            expect("^220 .* id=(\\d+)\r\n"),
                            expect("^250 (\\w+)"),
                            send("QUIT\r\n"),
                            expect("221 bye"));
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.matchedGroups()).containsExactly("77", "early", "221 bye");
            assertThat(attempt.bytesIn()).isEqualTo(42);
            assertThat(attempt.maybeReceived()).isTrue();
            assertThat(attempt.phases().nanos())
                    .containsOnlyKeys(Phase.CONNECT, Phase.SERVER, Phase.TRANSFER);
            assertThat(attempt.phases().remainderNanos()).isNotNegative();
            assertThat(server.requests()).containsExactly("QUIT");
        }
    }

    @Test
    @DisplayName("A dialogue that ends with a send has sent it whole")
    void send_lastTurnSends() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        RawServer.Script script =
                (socket, server, _) -> {
                    server.saw(line(socket));
                    read.countDown();
                };
        try (RawServer server = new RawServer(script)) {
            TcpAttempt attempt = talk(server.port(), false, WireBench.PATIENT, send("PING\r\n"));
            assertThat(attempt.failure()).isNull();
            assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(attempt.phases().nanos())
                    .containsKeys(Phase.CONNECT, Phase.WRITE)
                    .doesNotContainKey(Phase.TRANSFER);
        }
    }

    @Test
    @DisplayName("TLS from the start")
    void send_tls() throws Exception {
        RawServer.Script script = (socket, _, _) -> RawServer.write(socket, "+OK\r\n");
        try (RawServer server =
                new RawServer(script, Optional.of(RawServer.Tls.with(CERTIFICATE)))) {
            TcpAttempt attempt = talk(server.port(), true, WireBench.PATIENT, expect("\\+OK"));
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.tls()).isNotNull();
            assertThat(attempt.phases().nanos())
                    .containsOnlyKeys(Phase.CONNECT, Phase.TLS, Phase.SERVER, Phase.TRANSFER);
        }
    }

    private static RawServer.Script startTls(String answer) {
        return (socket, _, _) -> {
            RawServer.write(socket, "220 ready\r\n");
            line(socket);
            RawServer.write(socket, answer);
            SSLSocket secured =
                    (SSLSocket)
                            CERTIFICATE
                                    .context()
                                    .getSocketFactory()
                                    .createSocket(socket, null, socket.getPort(), true);
            secured.setUseClientMode(false);
            line(secured);
            RawServer.write(secured, "250 safe\r\n");
        };
    }

    @Test
    @DisplayName("TLS amid the dialogue has a phase of its own, and phases still add up")
    void send_startTls() throws Exception {
        try (RawServer server = new RawServer(startTls("220 go ahead\r\n"))) {
            TcpAttempt attempt =
                    talk(
                            server.port(),
                            false,
                            WireBench.PATIENT,
                            expect("220 ready\r\n"),
                            send("STARTTLS\r\n"),
                            expect("220 go ahead\r\n"),
                            new Exchange.StartTls(),
                            send("EHLO x\r\n"),
                            expect("250 safe"));
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.tls().chain().getFirst().names()).containsExactly("localhost");
            assertThat(attempt.phases().nanos())
                    .containsOnlyKeys(Phase.CONNECT, Phase.TLS, Phase.SERVER, Phase.TRANSFER);
            assertThat(attempt.phases().nanos().values()).allMatch(nanos -> nanos >= 0);
            assertThat(attempt.phases().remainderNanos()).isNotNegative();
        }
    }

    @Test
    @DisplayName("Words slipped in before TLS are not taken for words under TLS")
    void send_startTlsInjection() throws Exception {
        try (RawServer server = new RawServer(startTls("220 go ahead\r\n250 safe\r\n"))) {
            assertFails(
                    talk(
                            server.port(),
                            false,
                            WireBench.PATIENT,
                            expect("220 ready\r\n"),
                            send("STARTTLS\r\n"),
                            expect("220 go ahead\r\n"),
                            new Exchange.StartTls(),
                            expect("250 safe")),
                    ProbeReason.PROTOCOL);
        }
    }

    @Test
    @DisplayName("What the peer may do wrong: silence, close, reset, floods, drips, refusal")
    void send_faults() throws Exception {
        RawServer.Script silent = (socket, _, _) -> socket.getInputStream().read();
        RawServer.Script wrong = (socket, _, _) -> RawServer.write(socket, "500 no\r\n");
        RawServer.Script closing =
                (socket, _, _) -> {
                    RawServer.write(socket, "500 no\r\n");
                    socket.close();
                };
        RawServer.Script resetting = (socket, _, _) -> RawServer.reset(socket);
        RawServer.Script flooding =
                (socket, _, _) -> {
                    while (!socket.isClosed()) {
                        RawServer.write(socket, "x".repeat(1000));
                    }
                };
        assertFault(silent, WireBench.IMPATIENT, ProbeReason.TTFB_TIMEOUT);
        assertFault(wrong, WireBench.IMPATIENT, ProbeReason.BODY_TIMEOUT);
        assertFault(closing, WireBench.PATIENT, ProbeReason.CLOSED);
        assertFault(resetting, WireBench.PATIENT, ProbeReason.RESET);
        assertFault(flooding, WireBench.PATIENT, ProbeReason.TOO_LARGE);
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertFails(
                talk(port, false, WireBench.PATIENT, expect("220")), ProbeReason.CONNECT_REFUSED);
    }

    private static void assertFault(RawServer.Script script, Duration deadline, ProbeReason reason)
            throws Exception {
        try (RawServer server = new RawServer(script)) {
            assertFails(talk(server.port(), false, deadline, expect("220 ready")), reason);
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
