package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.core.event.ProbeEvent.Phase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A delay of the peer stands in the phase in which the peer made it, and in no other way. */
class PhaseTruthTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.of("localhost");
    private static final Duration TLS = Duration.ofMillis(70);
    private static final Duration SERVER = Duration.ofMillis(50);
    private static final Duration TRANSFER = Duration.ofMillis(60);
    private static final Duration PROXY = Duration.ofMillis(40);

    /** What the clocks of two threads and a wait of the kernel may differ by. */
    private static final Duration CLOCK = Duration.ofMillis(2);

    private static WireBench bench;

    @BeforeAll
    static void start() {
        bench = new WireBench();
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static void delay(Duration duration) throws InterruptedException {
        boolean _ = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static final RawServer.Script SLOW =
            (socket, server, _) -> {
                server.readRequest(socket);
                delay(SERVER);
                RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhi");
                delay(TRANSFER);
                RawServer.write(socket, "hi");
            };

    private static HttpAttempt send(TlsProfile profile, HttpCall call) throws Exception {
        HttpAttempt attempt = bench.send(profile, call);
        assertThat(attempt.failure()).isNull();
        long sum = attempt.phases().nanos().values().stream().mapToLong(Long::longValue).sum();
        assertThat(sum + attempt.phases().remainderNanos())
                .isEqualTo(attempt.phases().totalNanos());
        assertThat(attempt.phases().remainderNanos()).isNotNegative();
        return attempt;
    }

    /**
     * The peer cannot wait for the moment at which the agent looks at its clock, so on a busy
     * machine a phase may begin after the delay that belongs in it. Attempts go on until one was
     * not disturbed; a delay that is booked elsewhere stands in the wrong phase of all of them.
     */
    private static void assertPhases(
            TlsProfile profile, HttpCall call, Map<Phase, Duration> delays) {
        await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> {
                    HttpAttempt attempt = send(profile, call);
                    delays.forEach((phase, injected) ->
                            assertThat(attempt.phases().of(phase).orElseThrow())
                                    .as("%s of %s", phase, attempt.phases())
                                    .isGreaterThanOrEqualTo(injected.minus(CLOCK).toNanos()));
                });
    }

    @Test
    @DisplayName("TLS, server and transfer, each with its own delay")
    void send_delays() throws Exception {
        RawServer.Tls late =
                new RawServer.Tls(
                        CERTIFICATE.context(),
                        _ -> {
                            try {
                                delay(TLS);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        try (RawServer server = new RawServer(SLOW, Optional.of(late))) {
            assertPhases(
                    CERTIFICATE.trusted(),
                    WireBench.call("GET", Protocol.HTTP_1_1, true, server.port(), ""),
                    Map.of(Phase.TLS, TLS, Phase.SERVER, SERVER, Phase.TRANSFER, TRANSFER));
        }
    }

    @Test
    @DisplayName("A slow proxy is the proxy's phase, the target's delays stay the target's")
    void send_proxy() throws Exception {
        RawServer.Script proxying =
                (socket, server, _) -> {
                    server.readRequest(socket);
                    delay(PROXY);
                    RawServer.write(socket, "HTTP/1.1 200 Connected\r\n\r\n");
                    H2Peer peer = new H2Peer(socket, server).greet();
                    int stream = peer.readRequest();
                    delay(SERVER);
                    peer.respond(stream, "hi");
                };
        try (RawServer server = new RawServer(proxying)) {
            HttpCall call =
                    WireBench.call(
                            "GET",
                            Protocol.H2C,
                            false,
                            443,
                            "",
                            WireBench.PATIENT,
                            Optional.of(
                                    new Proxy(
                                            Proxy.Kind.HTTP,
                                            "127.0.0.1",
                                            server.port(),
                                            Optional.empty(),
                                            Optional.empty())));
            assertPhases(TlsProfile.PUBLIC, call, Map.of(Phase.PROXY, PROXY, Phase.SERVER, SERVER));
        }
    }
}
