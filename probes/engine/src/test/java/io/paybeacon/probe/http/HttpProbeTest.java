package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProbeTest {

    private static final Duration PATIENT = HttpFault.PATIENT;
    private static final Duration IMPATIENT = HttpFault.IMPATIENT;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static Vertx vertx;
    private static HttpProbe probe;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        probe = new HttpProbe(vertx, null);
    }

    @AfterAll
    static void stop() throws Exception {
        probe.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static HttpCall call(String host, int port, Duration deadline, String body) {
        return new HttpCall(
                body.isEmpty() ? "GET" : "POST",
                false,
                host,
                port,
                "/v1/things?limit=1",
                List.of(new HttpCall.Header("X-Probe", "1")),
                Buffer.buffer(body),
                deadline,
                64 * 1024,
                Protocol.HTTP_1_1,
                Optional.empty());
    }

    private static HttpAttempt send(HttpProbe by, HttpCall call) throws Exception {
        var context = ((VertxInternal) vertx).createEventLoopContext();
        return by.send(context, TlsProfile.PUBLIC, call).await(40, TimeUnit.SECONDS);
    }

    private static HttpAttempt get(int port, Duration deadline) throws Exception {
        return send(probe, call("127.0.0.1", port, deadline, ""));
    }

    private static ProbeReason reason(HttpAttempt attempt) {
        Failure failure = attempt.failure();
        assertThat(failure).as("%s", attempt).isNotNull();
        return failure.reason();
    }

    private static void assertPhasesAddUp(HttpAttempt attempt) {
        assertThat(attempt.phases().remainderNanos()).isNotNegative();
        assertThat(attempt.phases().nanos().values()).allMatch(nanos -> nanos >= 0);
    }

    @Test
    @DisplayName("A whole exchange: response, phases without resolve and tls, request as asked for")
    void send_wholeResponse() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            HttpAttempt attempt = get(server.port(), PATIENT);

            assertThat(attempt.response()).isNotNull();
            assertThat(attempt.response().body()).hasToString("hi");
            assertThat(attempt.phases().nanos())
                    .containsOnlyKeys(Phase.CONNECT, Phase.WRITE, Phase.SERVER, Phase.TRANSFER);
            assertPhasesAddUp(attempt);
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .startsWith("GET /v1/things?limit=1 HTTP/1.1\r\n")
                    .containsIgnoringCase("host: 127.0.0.1:" + server.port())
                    .contains("X-Probe: 1")
                    .doesNotContainIgnoringCase("accept-encoding");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 307, 408, 429, 500, 503})
    @DisplayName("No status is followed or retried: one attempt each")
    void send_status(int status) throws Exception {
        String response =
                "HTTP/1.1 %d X\r\nLocation: /v1/\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
                        .formatted(status);
        try (RawServer server = RawServer.answering(response)) {
            HttpAttempt attempt = get(server.port(), PATIENT);
            assertThat(attempt.status()).isEqualTo(status);
            assertThat(attempt.failure()).isNull();
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("A refused connection was certainly not received, and has no later phase")
    void send_refused() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        HttpAttempt attempt = get(port, PATIENT);
        assertThat(reason(attempt)).isEqualTo(ProbeReason.CONNECT_REFUSED);
        assertThat(attempt.maybeReceived()).isFalse();
        assertThat(attempt.phases().nanos()).containsOnlyKeys(Phase.CONNECT);
        assertPhasesAddUp(attempt);
    }

    @Test
    @DisplayName("A connect that nobody answers ends at the deadline")
    void send_connectTimeout() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket();
                Socket second = new Socket()) {
            // A backlog of one holds two connections; the kernel drops further SYNs.
            InetSocketAddress address = (InetSocketAddress) full.getLocalSocketAddress();
            first.connect(address);
            second.connect(address);
            HttpAttempt attempt = get(full.getLocalPort(), IMPATIENT);
            assertThat(reason(attempt)).isEqualTo(ProbeReason.CONNECT_TIMEOUT);
            assertThat(attempt.maybeReceived()).isFalse();
            assertThat(attempt.phases().nanos()).containsOnlyKeys(Phase.CONNECT);
        }
    }

    @Test
    @DisplayName("A name server that is silent is a dns failure at the deadline")
    void send_dnsSilent() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            HttpProbe resolving =
                    new HttpProbe(
                            vertx,
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), silent.getLocalPort()));
            HttpAttempt attempt = send(resolving, call("api.gateway.test", 80, IMPATIENT, ""));
            assertThat(reason(attempt)).isEqualTo(ProbeReason.DNS);
            assertThat(attempt.phases().nanos()).containsOnlyKeys(Phase.RESOLVE);
            assertThat(attempt.maybeReceived()).isFalse();
            resolving.close().await(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("A name is resolved through the name server, and the phase is there")
    void send_resolves() throws Exception {
        try (DnsStub dns = new DnsStub(new byte[] {127, 0, 0, 1});
                RawServer server = RawServer.answering(OK)) {
            HttpProbe resolving = new HttpProbe(vertx, dns.address());
            HttpAttempt attempt =
                    send(resolving, call("api.gateway.test", server.port(), PATIENT, ""));
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.phases().nanos()).containsKey(Phase.RESOLVE);
            assertPhasesAddUp(attempt);
            assertThat(server.requests().getFirst())
                    .containsIgnoringCase("host: api.gateway.test:" + server.port());
            resolving.close().await(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("localhost and literal addresses need no name server")
    void withoutDns_localNames() {
        assertThat(Resolver.withoutDns("localhost")).isPresent();
        assertThat(Resolver.withoutDns("api.localhost")).isPresent();
        assertThat(Resolver.withoutDns("::1")).isPresent();
        assertThat(Resolver.withoutDns("10.1.2.3")).isPresent();
        assertThat(Resolver.withoutDns("api.stripe.com")).isEmpty();
    }
}
