package io.paybeacon.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.paybeacon.probe.secret.Secret;
import io.paybeacon.server.config.AccessToken;
import io.paybeacon.server.config.Role;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask. */
class AccessTest {
    private static final String TOKEN = "Abc.123_of~nobody+/-==";

    @TempDir private Path directory;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(directory);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void askForToken() {
        door.tokens = List.of(token("token", Role.ACT, TOKEN));
    }

    static AccessToken token(String name, Role role, String... secrets) {
        return new AccessToken(name, role, Stream.of(secrets).map(Secret::of).toList());
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                arguments("Bearer " + TOKEN, 200),
                arguments("bearer " + TOKEN, 200),
                arguments("BEARER   " + TOKEN, 200),
                arguments("Bearer " + TOKEN.substring(1), 401),
                arguments("Bearer " + TOKEN + "=", 401),
                arguments("Bearer " + TOKEN.toLowerCase(Locale.ROOT), 401),
                arguments("Bearer", 401),
                arguments("Bearer  ", 401),
                arguments("Basic " + TOKEN, 401),
                arguments(TOKEN, 401),
                arguments("Bearer " + TOKEN + " " + TOKEN, 401),
                arguments("Bearer " + "x".repeat(2_000), 401));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void token_isComparedWhole(String header, int status) throws Exception {
        askForToken();

        HttpResponse<String> answer = door.get("/metrics", "Authorization", header);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"paybeacon\", error=\"invalid_token\"");
            assertThat(answer.headers().firstValue("Connection")).contains("close");
            assertThat(answer.body()).doesNotContain(TOKEN).contains("\"status\":401");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics",
                "/api/v1/findings",
                "/api/v1/gateways",
                "/api/v1/probes",
                "/api/v1/payments/stripe_eu:pi_1",
                "/-/reload",
                "/nowhere",
                "/in",
                "/in/../metrics",
                "/-/healthy/../../metrics",
                "/in/stripe_eu/more",
                "//metrics",
                "/%6detrics"
            })
    void everythingElse_asksForTheToken(String path) throws Exception {
        askForToken();

        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("realm=\"paybeacon\"");
        assertThat(answer).doesNotContain("error=\"invalid_token\"");
    }

    @Test
    void healthAndSignedWebhooks_needNoToken() throws Exception {
        askForToken();

        assertThat(door.get("/-/healthy").statusCode()).isEqualTo(200);
        assertThat(door.get("/-/ready").statusCode()).isEqualTo(200);
        assertThat(door.webhook("stripe_eu", Door.succeeded("pi_1", "")).statusCode())
                .isEqualTo(200);
        assertThat(door.send("POST", "/in/stripe_eu", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void twoTokens_areNone() throws Exception {
        askForToken();

        String answer =
                raw(
                        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %1$s\r\n"
                                        .formatted(TOKEN)
                                + "Authorization: Bearer %1$s\r\n".formatted(TOKEN));

        assertThat(answer).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void refusals_areCounted_byReason() throws Exception {
        raw("GET /metrics HTTP/1.1\r\nHost: rebound.example\r\n");
        askForToken();
        door.get("/metrics");
        door.get("/api/v1/findings", "Authorization", "Bearer guess");
        door.get("/api/v1/findings", "Authorization", "Bearer another");

        List<String> counted =
                door.get("/metrics", "Authorization", "Bearer " + TOKEN)
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("paybeacon_http_refusals_total{"))
                        .toList();

        assertThat(counted)
                .containsExactlyInAnyOrder(
                        "paybeacon_http_refusals_total{reason=\"foreign_host\"} 1.0",
                        "paybeacon_http_refusals_total{reason=\"no_role\"} 0.0",
                        "paybeacon_http_refusals_total{reason=\"no_token\"} 1.0",
                        "paybeacon_http_refusals_total{reason=\"wrong_token\"} 2.0");
    }

    @Test
    void anotherToken_holdsFromTheNextRequestOn() throws Exception {
        askForToken();
        assertThat(door.get("/metrics", "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);

        door.tokens = List.of(token("token", Role.ACT, "the-next-token-of-nobody"));

        assertThat(door.get("/metrics", "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(401);
        assertThat(
                        door.get("/metrics", "Authorization", "Bearer the-next-token-of-nobody")
                                .statusCode())
                .isEqualTo(200);
    }

    static Stream<Arguments> hosts() {
        return Stream.of(
                arguments("localhost", 200),
                arguments("LOCALHOST:9465", 200),
                arguments("127.0.0.1:9465", 200),
                arguments("[::1]:9465", 200),
                arguments("192.0.2.7", 200),
                arguments("rebound.example", 421),
                arguments("localhost.rebound.example:9465", 421),
                arguments("127.0.0.1.rebound.example", 421));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void withoutAToken_theRequestMustNameThisMachine(String host, int status) throws Exception {
        assertThat(raw("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void withAToken_anyNameWillDo() throws Exception {
        askForToken();

        assertThat(
                        raw(
                                "GET /metrics HTTP/1.1\r\nHost: agent.example\r\nAuthorization:"
                                        + " Bearer "
                                        + TOKEN
                                        + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    private String raw(String head) throws Exception {
        try (Socket socket = door.connect()) {
            WebhookRoutesTest.write(socket, head + "Connection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
