package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsProbeTest {

    @TempDir static Path folder;
    private static Vertx vertx;
    private static HttpProbe probe;
    private static TestCertificate good;
    private static TestCertificate expired;
    private static TestCertificate otherName;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.builder().withTransport(new ProbeTransport()).build();
        probe = new HttpProbe(vertx, null);
        good = TestCertificate.create(folder, "localhost", "-1d", 30);
        expired = TestCertificate.create(folder, "localhost", "-30d", 10);
        otherName = TestCertificate.create(folder, "other.test", "-1d", 30);
    }

    @AfterAll
    static void stop() throws Exception {
        probe.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static HttpServer serve(TestCertificate certificate) throws Exception {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions()
                                        .setPath(certificate.keyStore().toString())
                                        .setPassword(TestCertificate.PASSWORD));
        return vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end("hi"))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
    }

    private static HttpAttempt send(int port, Optional<String> trusted, Duration deadline)
            throws Exception {
        HttpCall call =
                new HttpCall(
                        "GET",
                        true,
                        "localhost",
                        port,
                        "/",
                        List.of(),
                        Buffer.buffer(),
                        deadline,
                        1024);
        var context = ((VertxInternal) vertx).createEventLoopContext();
        return probe.send(context, new TlsProfile(trusted), call).await(40, TimeUnit.SECONDS);
    }

    private static HttpAttempt sendTo(TestCertificate certificate, Optional<String> trusted)
            throws Exception {
        HttpServer server = serve(certificate);
        try {
            return send(server.actualPort(), trusted, Duration.ofSeconds(30));
        } finally {
            server.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static void assertFailsInTls(HttpAttempt attempt, ProbeReason reason) {
        assertThat(attempt.failure()).extracting(Failure::reason).isEqualTo(reason);
        assertThat(attempt.phases().nanos()).containsOnlyKeys(Phase.CONNECT, Phase.TLS);
        assertThat(attempt.maybeReceived()).isFalse();
    }

    @Test
    @DisplayName("A trusted certificate of the right name: the tls phase is there")
    void send_trusted() throws Exception {
        HttpAttempt attempt = sendTo(good, Optional.of(good.authorityPem()));
        assertThat(attempt.failure()).isNull();
        assertThat(attempt.phases().nanos())
                .containsOnlyKeys(
                        Phase.CONNECT, Phase.TLS, Phase.WRITE, Phase.SERVER, Phase.TRANSFER);
        assertThat(attempt.phases().remainderNanos()).isNotNegative();
    }

    @Test
    void send_expired() throws Exception {
        assertFailsInTls(
                sendTo(expired, Optional.of(expired.authorityPem())), ProbeReason.TLS_EXPIRED);
    }

    @Test
    void send_wrongName() throws Exception {
        assertFailsInTls(
                sendTo(otherName, Optional.of(otherName.authorityPem())), ProbeReason.TLS_NAME);
    }

    @Test
    void send_untrusted() throws Exception {
        assertFailsInTls(sendTo(good, Optional.empty()), ProbeReason.TLS_OTHER);
        assertFailsInTls(
                sendTo(good, Optional.of(otherName.authorityPem())), ProbeReason.TLS_OTHER);
    }

    @Test
    @DisplayName("A peer that accepts and is silent ends the handshake at the deadline")
    void send_silent() throws Exception {
        try (RawServer server = new RawServer((socket, _, _) -> socket.getInputStream().read())) {
            HttpAttempt attempt =
                    send(server.port(), Optional.of(good.authorityPem()), Duration.ofMillis(400));
            assertFailsInTls(attempt, ProbeReason.TLS_TIMEOUT);
        }
    }

    @Test
    @DisplayName("A peer that closes or speaks plain HTTP fails the handshake, in one connection")
    void send_noTls() throws Exception {
        RawServer.Script closing =
                (socket, _, _) -> {
                    socket.getInputStream().read();
                    socket.close();
                };
        RawServer.Script plain =
                (socket, _, _) -> {
                    socket.getInputStream().read();
                    RawServer.write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
                };
        for (RawServer.Script script : List.of(closing, plain)) {
            try (RawServer server = new RawServer(script)) {
                HttpAttempt attempt =
                        send(
                                server.port(),
                                Optional.of(good.authorityPem()),
                                Duration.ofSeconds(20));
                assertFailsInTls(attempt, ProbeReason.TLS_OTHER);
                assertThat(server.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("Every cold attempt makes a full handshake: no session is resumed")
    void send_neverResumes() throws Exception {
        HttpServer server = serve(good);
        try (CountingRelay relay = new CountingRelay(server.actualPort())) {
            for (int i = 0; i < 3; i++) {
                HttpAttempt attempt =
                        send(
                                relay.port(),
                                Optional.of(good.authorityPem()),
                                Duration.ofSeconds(30));
                assertThat(attempt.failure()).isNull();
            }
            // A resumed handshake lacks the certificate and is several hundred bytes shorter.
            List<Long> bytes = relay.bytesFromServer();
            assertThat(bytes).hasSize(3);
            assertThat(bytes).allSatisfy(n -> assertThat(n).isGreaterThan(bytes.getFirst() - 100));
        } finally {
            server.close().await(10, TimeUnit.SECONDS);
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

        List<Long> bytesFromServer() {
            await().until(() -> counts.size() >= front.connections());
            return List.copyOf(counts);
        }

        @Override
        public void close() throws IOException {
            front.close();
        }
    }
}
