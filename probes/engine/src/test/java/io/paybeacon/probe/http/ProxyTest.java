package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.secret.Secret;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {

    private static final String TARGET = "api.gateway.test";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String PASSWORD = "proxy-canary-81c2";
    private static final TestCertificate CERTIFICATE = TestCertificate.of(TARGET);
    private static WireBench bench;

    @BeforeAll
    static void start() {
        bench = new WireBench();
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static Proxy proxy(Proxy.Kind kind, int port) {
        return new Proxy(
                kind,
                "127.0.0.1",
                port,
                Optional.of(Secret.of("user")),
                Optional.of(Secret.of(PASSWORD)));
    }

    private static HttpAttempt send(Proxy proxy, boolean tls, int port, Duration deadline)
            throws Exception {
        HttpCall call =
                new HttpCall(
                        "GET",
                        tls,
                        TARGET,
                        port,
                        "/v1/things",
                        List.of(),
                        Buffer.buffer(),
                        deadline,
                        1024,
                        Protocol.HTTP_1_1,
                        Optional.of(proxy));
        return bench.send(CERTIFICATE.trusted(), call);
    }

    private static TestProxy open(Proxy.Kind kind) throws IOException {
        return switch (kind) {
            case HTTP -> TestProxy.http("200 Connected");
            case SOCKS5 -> TestProxy.socks5(0);
        };
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    @DisplayName("TLS goes through a tunnel; the proxy is told the name, TLS is the target's")
    void send_tunnel(Proxy.Kind kind) throws Exception {
        RawServer.Tls tls = RawServer.Tls.with(CERTIFICATE);
        try (RawServer server = new RawServer(TlsProbeTest::answer, Optional.of(tls));
                TestProxy proxy = open(kind)) {
            HttpAttempt attempt =
                    send(proxy(kind, proxy.port()), true, server.port(), WireBench.PATIENT);

            assertThat(attempt.failure()).isNull();
            assertThat(attempt.phases().nanos())
                    .containsOnlyKeys(
                            Phase.CONNECT,
                            Phase.PROXY,
                            Phase.TLS,
                            Phase.WRITE,
                            Phase.SERVER,
                            Phase.TRANSFER);
            assertThat(attempt.phases().remainderNanos()).isNotNegative();
            assertThat(attempt.tls().chain().getFirst().names()).containsExactly(TARGET);
            assertThat(proxy.asked())
                    .singleElement()
                    .asString()
                    .contains(TARGET + ":" + server.port());
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .startsWith("GET /v1/things HTTP/1.1\r\n")
                    .doesNotContainIgnoringCase("proxy-");
        }
    }

    @Test
    @DisplayName("Plain HTTP is asked of an HTTP proxy by its whole URL, without a tunnel")
    void send_plainThroughHttp() throws Exception {
        try (TestProxy proxy = TestProxy.http("200 OK")) {
            HttpAttempt attempt =
                    send(proxy(Proxy.Kind.HTTP, proxy.port()), false, 8080, WireBench.PATIENT);
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.phases().nanos()).doesNotContainKey(Phase.PROXY);
            assertThat(proxy.asked())
                    .singleElement()
                    .asString()
                    .startsWith("GET http://api.gateway.test:8080/v1/things HTTP/1.1\r\n")
                    .containsIgnoringCase("host: api.gateway.test:8080")
                    .containsIgnoringCase("proxy-authorization: Basic ");
        }
    }

    @Test
    @DisplayName("Plain HTTP goes through a SOCKS5 proxy by a tunnel")
    void send_plainThroughSocks() throws Exception {
        try (RawServer server = RawServer.answering(OK);
                TestProxy proxy = TestProxy.socks5(0)) {
            HttpAttempt attempt =
                    send(
                            proxy(Proxy.Kind.SOCKS5, proxy.port()),
                            false,
                            server.port(),
                            WireBench.PATIENT);
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.phases().nanos()).containsKey(Phase.PROXY);
            assertThat(proxy.asked())
                    .containsExactly("user:%s@%s:%d".formatted(PASSWORD, TARGET, server.port()));
        }
    }

    private static void assertProxyFailed(HttpAttempt attempt) {
        Failure failure = attempt.failure();
        assertThat(failure).as("%s", attempt).isNotNull();
        assertThat(failure.reason()).as("%s", attempt).isEqualTo(ProbeReason.PROXY);
        assertThat(failure.detail()).doesNotContain(PASSWORD);
        assertThat(attempt.phases().nanos()).doesNotContainKey(Phase.TLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"407 Proxy Authentication Required", "502 Bad Gateway", "403 No"})
    @DisplayName("A tunnel that is refused is the proxy's failure, and the target saw nothing")
    void send_refusedByHttp(String status) throws Exception {
        try (TestProxy proxy = TestProxy.http(status)) {
            HttpAttempt attempt =
                    send(proxy(Proxy.Kind.HTTP, proxy.port()), true, 443, WireBench.PATIENT);
            assertProxyFailed(attempt);
            assertThat(attempt.maybeReceived()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5})
    void send_refusedBySocks(int reply) throws Exception {
        try (TestProxy proxy = TestProxy.socks5(reply)) {
            assertProxyFailed(
                    send(proxy(Proxy.Kind.SOCKS5, proxy.port()), true, 443, WireBench.PATIENT));
        }
    }

    @Test
    @DisplayName("407 to a plain request is the proxy's failure, not the gateway's answer")
    void send_plainRefused() throws Exception {
        try (TestProxy proxy = TestProxy.http("407 Proxy Authentication Required")) {
            assertProxyFailed(
                    send(proxy(Proxy.Kind.HTTP, proxy.port()), false, 80, WireBench.PATIENT));
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    @DisplayName("A proxy that refuses, is silent, closes or speaks nonsense is the one to blame")
    void send_brokenProxy(Proxy.Kind kind) throws Exception {
        int taken;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            taken = listener.getLocalPort();
        }
        assertProxyFailed(send(proxy(kind, taken), true, 443, WireBench.PATIENT));
        RawServer.Script silent = (socket, _, _) -> socket.getInputStream().read();
        RawServer.Script closing =
                (socket, _, _) -> {
                    socket.getInputStream().read();
                    socket.close();
                };
        RawServer.Script nonsense =
                (socket, _, _) -> {
                    socket.getInputStream().read(new byte[512]);
                    RawServer.write(socket, "nonsense\r\n\r\n".repeat(20));
                };
        assertBlamed(kind, silent, WireBench.IMPATIENT);
        assertBlamed(kind, closing, WireBench.PATIENT);
        assertBlamed(kind, nonsense, WireBench.PATIENT);
    }

    private static void assertBlamed(Proxy.Kind kind, RawServer.Script script, Duration deadline)
            throws Exception {
        try (RawServer server = new RawServer(script)) {
            assertProxyFailed(send(proxy(kind, server.port()), true, 443, deadline));
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
