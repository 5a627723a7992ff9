package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Http2Test {

    private static final TestCertificate CERTIFICATE = TestCertificate.of("localhost");
    private static WireBench bench;

    @BeforeAll
    static void start() {
        bench = new WireBench();
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    static Stream<Arguments> faults() {
        return Http2Fault.all()
                .flatMap(fault -> Stream.of(Arguments.of(fault, false), Arguments.of(fault, true)));
    }

    private static HttpCall call(boolean tls, int port, String body, Duration deadline) {
        return WireBench.call(
                "POST",
                tls ? Protocol.HTTP_2 : Protocol.H2C,
                tls,
                port,
                body,
                deadline,
                Optional.empty());
    }

    @ParameterizedTest(name = "a server that {0}; under TLS: {1}")
    @MethodSource("faults")
    @DisplayName("Each fault is one connection, at most one request, the right reason")
    void send_fault(Http2Fault fault, boolean tls) throws Exception {
        Optional<RawServer.Tls> secured =
                tls ? Optional.of(RawServer.Tls.http2(CERTIFICATE)) : Optional.empty();
        try (RawServer server = new RawServer(fault.script(), secured)) {
            HttpAttempt attempt =
                    bench.send(
                            CERTIFICATE.trusted(),
                            call(tls, server.port(), "a=1", fault.deadline()));

            assertThat(Optional.ofNullable(attempt.failure()).map(Failure::reason))
                    .as("%s", attempt)
                    .isEqualTo(fault.reason());
            assertThat(attempt.phases().nanos()).as("%s", attempt).containsKey(fault.phase());
            assertThat(attempt.phases().remainderNanos()).isNotNegative();
            assertThat(attempt.maybeReceived()).isEqualTo(fault.requests() > 0);
            assertThat(attempt.bodyBytes()).isLessThanOrEqualTo(2L * WireBench.BODY_BYTES_MAX);
            assertThat(server.requests()).hasSize(fault.requests());
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("Against an ordinary server: response, phases, warm connection")
    void send_wholeResponse(boolean tls) throws Exception {
        HttpServerOptions options = new HttpServerOptions().setUseAlpn(true).setSsl(tls);
        if (tls) {
            options.setKeyCertOptions(CERTIFICATE.forServer());
        }
        HttpServer server =
                bench.vertx
                        .createHttpServer(options)
                        .requestHandler(request ->
                                request.body()
                                        .onSuccess(body ->
                                                request.response()
                                                        .putHeader(
                                                                "x-saw", request.version().name())
                                                        .end(
                                                                request.authority()
                                                                        + request.uri()
                                                                        + body.length())))
                        .listen(0, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
        KeptConnection kept = new KeptConnection();
        ContextInternal context = bench.context();
        // Larger than the peer's first window: the body waits for WINDOW_UPDATE.
        HttpCall call = call(tls, server.actualPort(), "x".repeat(300_000), WireBench.PATIENT);
        HttpAttempt cold = bench.send(context, CERTIFICATE.trusted(), call, kept);
        HttpAttempt warm = bench.send(context, CERTIFICATE.trusted(), call, kept);

        assertThat(cold.failure()).isNull();
        assertThat(cold.response().protocol()).isEqualTo("HTTP/2");
        assertThat(cold.response().header("x-saw")).contains("HTTP_2");
        assertThat(cold.response().body())
                .hasToString("localhost:%d/v1/things?limit=1300000".formatted(server.actualPort()));
        assertThat(cold.phases().nanos())
                .containsKeys(
                        Phase.CONNECT, Phase.SETTINGS, Phase.WRITE, Phase.SERVER, Phase.TRANSFER);
        assertThat(cold.phases().nanos().containsKey(Phase.TLS)).isEqualTo(tls);
        assertThat(warm.failure()).isNull();
        assertThat(warm.warm()).isTrue();
        assertThat(warm.phases().nanos())
                .containsOnlyKeys(Phase.WRITE, Phase.SERVER, Phase.TRANSFER);
        kept.close();
        server.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("Settings that are held back are a phase of their own")
    void send_settingsHeldBack() throws Exception {
        Duration held = Duration.ofMillis(60);
        RawServer.Script script =
                (socket, server, _) -> {
                    boolean _ = new CountDownLatch(1).await(60, TimeUnit.MILLISECONDS);
                    H2Peer peer = new H2Peer(socket, server).greet();
                    peer.respond(peer.readRequest(), "hi");
                };
        try (RawServer server = new RawServer(script)) {
            HttpAttempt attempt =
                    bench.send(
                            TlsProfile.PUBLIC, call(false, server.port(), "", WireBench.PATIENT));
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.phases().of(Phase.SETTINGS).orElseThrow())
                    .isGreaterThanOrEqualTo(held.toNanos() - Duration.ofMillis(10).toNanos());
        }
    }
}
