package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.probe.http.DnsStub;
import io.paybeacon.probe.http.RawServer;
import io.paybeacon.probe.http.TestCertificate;
import io.paybeacon.probe.result.RunResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkStepsTest {

    @TempDir Path directory;
    private StepLab lab;
    private DnsStub names;

    @BeforeEach
    void start() throws Exception {
        names = new DnsStub(new byte[] {(byte) 192, 0, 2, 7});
        lab = new StepLab(directory);
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        names.close();
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    {}          | {contains: 192.0.2.7}             | passed
                    {tcp: false, type: A} | {equals: 192.0.2.7}     | passed
                    {type: A}   | {oneOf: [192.0.2.6, 192.0.2.7]}   | passed
                    {type: A}   | {matches: '^192[.]0'}             | passed
                    {type: A}   | {size: 1}                         | passed
                    {type: A}   | {present: true}                   | passed
                    {type: A}   | {contains: 192.0.2.8}             | dns_answer
                    {type: A}   | {equals: 192.0.2.8}               | dns_answer
                    {type: A}   | {size: {atLeast: 2}}              | dns_answer
                    {type: A}   | {absent: true}                    | dns_answer
                    {type: TXT} | {present: true}                   | dns_answer
                    {type: TXT} | {absent: true}                    | passed
                    """)
    @DisplayName("A name server's answer, as the plan expects it or not")
    void dns_table(String keys, String expected, String outcome) throws Exception {
        String server = names.address().getAddress().getHostAddress();
        String step =
                """
                steps:
                  - name: lookup
                    dns: {name: pay.example.test, server: "%s:%d", %s}
                    assert:
                      - dnsAnswer: %s
                """
                        .formatted(
                                server,
                                names.address().getPort(),
                                keys.substring(1, keys.length() - 1),
                                expected)
                        .replace(", }", "}");
        RunResult result = lab.run(step);
        assertThat(StepLab.outcome(result))
                .isEqualTo(outcome.equals("passed") ? outcome : "lookup " + outcome);
        assertThat(result.attempts())
                .singleElement()
                .satisfies(a -> assertThat(a.connection()).isEqualTo(Connection.NONE));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    2[0-9]0 probe ok | passed
                    250 probe no     | ttfb_timeout
                    """)
    @DisplayName("A TCP dialogue sends the run's values and waits for what it expects")
    void tcp_dialogue(String expected, String outcome) throws Exception {
        try (RawServer server = new RawServer((socket, _, _) -> greet(socket))) {
            RunResult result =
                    lab.run(
                            """
                            variables: {who: probe}
                            steps:
                              - name: mail
                                timeout: 700ms
                                tcp:
                                  host: 127.0.0.1
                                  port: %d
                                  dialogue:
                                    - expect: "^220 "
                                    - send: "EHLO ${who}\\r\\n"
                                    - expect: "%s"
                                assert:
                                  - latencyMax: 5s
                            """
                                    .formatted(server.port(), expected));
            String found = StepLab.outcome(result);
            assertThat(found.equals("passed") ? found : found.split(" ", 2)[0])
                    .isEqualTo(outcome.equals("passed") ? "passed" : "mail");
            assertThat(String.join("\n", result.debugLog())).contains("> EHLO probe");
            assertThat(result.attempts()).hasSize(server.connections());
        }
    }

    private static void greet(Socket socket) throws Exception {
        RawServer.write(socket, "220 mail\r\n");
        byte[] line = socket.getInputStream().readNBytes("EHLO probe\r\n".length());
        String who = new String(line, StandardCharsets.US_ASCII).strip().substring(5);
        RawServer.write(socket, "250 " + who + " ok\r\n");
        socket.getInputStream().read();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    certificateDays: {atLeast: 20}              | passed
                    certificateDays: {atLeast: 40}              | cert_expiring
                    certificateDays: {greaterThan: 5, lessThan: 20} | cert_expiring
                    tlsProtocol: [TLSv1.2, TLSv1.3]             | passed
                    tlsProtocol: TLSv1.2                        | tls_version
                    latencyMax: 1ms                             | latency
                    """)
    @DisplayName("Days of the certificate and version of TLS, over tls, tcp and http alike")
    void tls_assertions(String assertion, String outcome) throws Exception {
        TestCertificate certificate =
                TestCertificate.of(
                        "localhost", Instant.now().minusSeconds(60), Duration.ofDays(30));
        HttpServer server =
                lab.lab
                        .vertx
                        .createHttpServer(
                                new HttpServerOptions()
                                        .setSsl(true)
                                        .setKeyCertOptions(certificate.forServer()))
                        .requestHandler(request -> request.response().end("{}"))
                        .listen(0, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
        lab.tls = certificate.trusted();
        lab.baseUrl = "https://localhost:" + server.actualPort();
        String[] steps = {
            "tls: {}",
            "tcp: {port: %d, tls: true}".formatted(server.actualPort()),
            "http: {method: GET, path: /}"
        };
        for (String step : steps) {
            RunResult result =
                    lab.run(
                            "steps:\n  - name: check\n    %s\n    assert:\n      - %s\n"
                                    .formatted(step, assertion));
            assertThat(StepLab.outcome(result))
                    .as(step)
                    .isEqualTo(outcome.equals("passed") ? outcome : "check " + outcome);
        }
    }

    @Test
    @DisplayName("A certificate for another name fails a tls step, unless that name is asked for")
    void tls_name() throws Exception {
        TestCertificate certificate = TestCertificate.of("pay.example.test");
        HttpServer server =
                lab.lab
                        .vertx
                        .createHttpServer(
                                new HttpServerOptions()
                                        .setSsl(true)
                                        .setKeyCertOptions(certificate.forServer()))
                        .requestHandler(request -> request.response().end())
                        .listen(0, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
        lab.tls = certificate.trusted();
        lab.baseUrl = "https://127.0.0.1:" + server.actualPort();
        assertThat(StepLab.outcome(lab.run("steps:\n  - name: tls\n    tls:\n")))
                .isEqualTo("tls tls_name");
        String named = "steps:\n  - name: tls\n    tls: {serverName: pay.example.test}\n";
        assertThat(StepLab.outcome(lab.run(named))).isEqualTo("passed");
    }

    @ParameterizedTest(name = "serving status {0}, gRPC status {1} -> {2}")
    @CsvSource({"1, 0, passed", "2, 0, not_serving", "3, 0, not_serving", "1, 12, grpc_status"})
    @DisplayName("A gRPC service says whether it serves")
    void grpc_health(int serving, String grpcStatus, String outcome) throws Exception {
        HttpServer server =
                lab.lab
                        .vertx
                        .createHttpServer()
                        .requestHandler(request -> {
                            // A message of gRPC: not compressed, two bytes, field 1 as a varint.
                            byte[] message = {0, 0, 0, 0, 2, 8, (byte) serving};
                            request.response()
                                    .putHeader("content-type", "application/grpc")
                                    .setChunked(true)
                                    .putTrailer("grpc-status", grpcStatus)
                                    .end(Buffer.buffer(message));
                        })
                        .listen(0, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
        lab.baseUrl = "http://127.0.0.1:" + server.actualPort();
        RunResult result =
                lab.run("steps:\n  - name: health\n    grpcHealth: {service: \"pay.v1\"}\n");
        assertThat(StepLab.outcome(result))
                .isEqualTo(outcome.equals("passed") ? outcome : "health " + outcome);
    }
}
