package io.paybeacon.probe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.H2Peer;
import io.paybeacon.probe.http.RawServer;
import io.paybeacon.probe.http.TestCertificate;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.http.WireBench;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GrpcHealthProbeTest {

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

    private static GrpcHealthAttempt check(int port, boolean tls, String service) throws Exception {
        GrpcHealthCall call =
                new GrpcHealthCall("localhost", port, tls, service, WireBench.PATIENT);
        return new GrpcHealthProbe(bench.http)
                .send(bench.context(), CERTIFICATE.trusted(), call)
                .await(40, TimeUnit.SECONDS);
    }

    private static Consumer<HttpServerRequest> answering(int grpcStatus, byte... message) {
        return request -> {
            var response = request.response().putHeader("content-type", "application/grpc");
            response.putTrailer("grpc-status", Integer.toString(grpcStatus));
            response.end(
                    grpcStatus == 0
                            ? Buffer.buffer()
                                    .appendByte((byte) 0)
                                    .appendInt(message.length)
                                    .appendBytes(message)
                            : Buffer.buffer());
        };
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("serving", answering(0, (byte) 8, (byte) 1), 0, "SERVING", null),
                Arguments.of(
                        "not serving",
                        answering(0, (byte) 8, (byte) 2),
                        0,
                        "NOT_SERVING",
                        ProbeReason.NOT_SERVING),
                Arguments.of(
                        "an empty message, which is the default value",
                        answering(0),
                        0,
                        "UNKNOWN",
                        ProbeReason.NOT_SERVING),
                Arguments.of("an unknown service", answering(5), 5, "", ProbeReason.GRPC_STATUS),
                Arguments.of(
                        "a message of another kind",
                        answering(0, (byte) 18, (byte) 1, (byte) 65),
                        0,
                        "",
                        ProbeReason.PROTOCOL),
                Arguments.of(
                        "a varint without end",
                        answering(0, (byte) 8, (byte) 0xff, (byte) 0xff),
                        0,
                        "",
                        ProbeReason.PROTOCOL),
                Arguments.of(
                        "no gRPC at all",
                        (Consumer<HttpServerRequest>) r -> r.response().setStatusCode(503).end(),
                        -1,
                        "",
                        ProbeReason.HTTP_STATUS),
                Arguments.of(
                        "a response without a status",
                        (Consumer<HttpServerRequest>) r -> r.response().end(),
                        -1,
                        "",
                        ProbeReason.PROTOCOL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void send_answer(
            String name,
            Consumer<HttpServerRequest> handler,
            int grpcStatus,
            String serving,
            ProbeReason reason)
            throws Exception {
        HttpServer server =
                bench.vertx
                        .createHttpServer(
                                new HttpServerOptions()
                                        .setSsl(true)
                                        .setUseAlpn(true)
                                        .setKeyCertOptions(CERTIFICATE.forServer()))
                        .requestHandler(handler::accept)
                        .listen(0, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
        GrpcHealthAttempt attempt = check(server.actualPort(), true, "");
        assertThat(attempt.grpcStatus()).isEqualTo(grpcStatus);
        assertThat(attempt.servingStatus()).isEqualTo(serving);
        assertThat(Optional.ofNullable(attempt.failure()).map(Failure::reason))
                .isEqualTo(Optional.ofNullable(reason));
        assertThat(attempt.tls()).isNotNull();
        server.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("The question as gRPC writes it: path, headers, frame, field 1")
    void send_request() throws Exception {
        RawServer.Script script =
                (socket, server, _) -> {
                    H2Peer peer = new H2Peer(socket, server).greet();
                    peer.respond(peer.readRequest(), "");
                };
        try (RawServer server = new RawServer(script)) {
            check(server.port(), false, "pay.Gateway");
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .contains(":method=POST", ":path=/grpc.health.v1.Health/Check", ":scheme=http")
                    .contains("te=trailers", "content-type=application/grpc")
                    .endsWith("\u0000\u0000\u0000\u0000\r\n\u000bpay.Gateway");
        }
    }

    @Test
    @DisplayName("A server that cannot be reached gives the reason of HTTP")
    void send_refused() throws Exception {
        try (RawServer server = new RawServer((socket, _, _) -> socket.close())) {
            GrpcHealthAttempt attempt =
                    new GrpcHealthProbe(bench.http)
                            .send(
                                    bench.context(),
                                    TlsProfile.PUBLIC,
                                    new GrpcHealthCall(
                                            "localhost",
                                            server.port(),
                                            false,
                                            "",
                                            WireBench.PATIENT))
                            .await(40, TimeUnit.SECONDS);
            assertThat(attempt.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.CLOSED);
            assertThat(attempt.grpcStatus()).isEqualTo(-1);
        }
    }
}
