package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile and broken peers of HTTP/1.1, plain and under TLS. */
class HttpFaultTest {

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
        return HttpFault.all()
                .flatMap(fault -> Stream.of(Arguments.of(fault, false), Arguments.of(fault, true)));
    }

    @ParameterizedTest(name = "a server that {0}; under TLS: {1}")
    @MethodSource("faults")
    @DisplayName("Each fault is one connection, one request, the right reason, bounded bytes")
    void send_fault(HttpFault fault, boolean tls) throws Exception {
        Optional<RawServer.Tls> secured =
                tls ? Optional.of(RawServer.Tls.with(CERTIFICATE)) : Optional.empty();
        try (RawServer server = new RawServer(fault.script(), secured)) {
            HttpAttempt attempt =
                    bench.send(
                            CERTIFICATE.trusted(),
                            WireBench.call(
                                    "POST",
                                    Protocol.HTTP_1_1,
                                    tls,
                                    server.port(),
                                    "a=1",
                                    fault.deadline(),
                                    Optional.empty()));

            assertThat(attempt.failure()).as("%s", attempt).isNotNull();
            assertThat(attempt.failure().reason()).as("%s", attempt).isEqualTo(fault.reason());
            assertThat(attempt.phases().nanos()).as("%s", attempt).containsKey(fault.lastPhase());
            if (fault.lastPhase() == Phase.SERVER) {
                assertThat(attempt.phases().nanos()).doesNotContainKey(Phase.TRANSFER);
            }
            assertThat(attempt.phases().remainderNanos()).isNotNegative();
            assertThat(attempt.maybeReceived()).isTrue();
            assertThat(attempt.bodyBytes()).isLessThanOrEqualTo(2L * WireBench.BODY_BYTES_MAX);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("A body is left compressed, and counted as it came: a bomb stays small")
    void send_gzip() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[8 * 1024 * 1024]);
        }
        String body = packed.toString(StandardCharsets.ISO_8859_1);
        String head =
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                        .formatted(packed.size());
        try (RawServer server = RawServer.answering(head + body)) {
            HttpAttempt attempt =
                    bench.send(
                            TlsProfile.PUBLIC,
                            WireBench.call("GET", Protocol.HTTP_1_1, false, server.port(), ""));
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.bodyBytes()).isEqualTo(packed.size());
            assertThat(attempt.response().body().getBytes()).isEqualTo(packed.toByteArray());
            assertThat(server.requests().getFirst()).doesNotContainIgnoringCase("accept-encoding");
        }
    }

    @Test
    @DisplayName("A body that TLS cuts off without a goodbye is not taken for whole")
    void send_truncatedUnderTls() throws Exception {
        RawServer.Script cutting =
                (socket, server, _) -> {
                    server.readRequest(socket);
                    RawServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n{\"amount\": 10");
                    server.cut(socket);
                };
        try (RawServer server =
                new RawServer(cutting, Optional.of(RawServer.Tls.with(CERTIFICATE)))) {
            HttpAttempt attempt =
                    bench.send(
                            CERTIFICATE.trusted(),
                            WireBench.call("GET", Protocol.HTTP_1_1, true, server.port(), ""));
            assertThat(attempt.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.CLOSED);
        }
    }

    @Test
    @DisplayName("A server that resets before it has read the request is a reset")
    void send_resetBeforeRequest() throws Exception {
        try (RawServer server = new RawServer((socket, _, _) -> RawServer.reset(socket))) {
            HttpAttempt attempt =
                    bench.send(
                            TlsProfile.PUBLIC,
                            WireBench.call(
                                    "POST",
                                    Protocol.HTTP_1_1,
                                    false,
                                    server.port(),
                                    "x".repeat(4_000_000)));
            assertThat(attempt.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.RESET);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("A server that never reads leaves the write unfinished at the deadline")
    void send_neverReads() throws Exception {
        try (RawServer server = new RawServer((_, _, _) -> {})) {
            HttpAttempt attempt =
                    bench.send(
                            TlsProfile.PUBLIC,
                            WireBench.call(
                                    "POST",
                                    Protocol.HTTP_1_1,
                                    false,
                                    server.port(),
                                    "x".repeat(64_000_000),
                                    WireBench.IMPATIENT,
                                    Optional.empty()));
            assertThat(attempt.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.WRITE);
            assertThat(attempt.phases().nanos()).containsOnlyKeys(Phase.CONNECT, Phase.WRITE);
        }
    }
}
