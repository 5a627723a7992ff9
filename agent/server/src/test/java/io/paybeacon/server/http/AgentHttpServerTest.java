package io.paybeacon.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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

/** What the door does with requests of every kind, beside the questions it is there for. */
class AgentHttpServerTest {
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

    static Stream<Arguments> strays() {
        return Stream.of(
                arguments("GET", "/nowhere", 404, ""),
                arguments("GET", "/api/v1", 404, ""),
                arguments("GET", "/in/stripe_eu", 405, "POST"),
                arguments("DELETE", "/metrics", 405, "GET, HEAD"),
                arguments("POST", "/api/v1/findings", 405, "GET, HEAD"),
                arguments("GET", "/api/v1/payments/%zz", 400, ""));
    }

    @ParameterizedTest
    @MethodSource("strays")
    void stray_isToldWhatIsWrong(String method, String path, int status, String allowed)
            throws Exception {
        String answer =
                raw(
                        method
                                + " "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).contains("application/problem+json", "\"status\":" + status);
        if (!allowed.isEmpty()) {
            assertThat(answer.toLowerCase(Locale.ROOT))
                    .contains("allow: " + allowed.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void head_isAnsweredLikeGet_withoutABody() throws Exception {
        for (String path : List.of("/", "/metrics", "/-/healthy", "/api/v1/findings")) {
            HttpResponse<String> get = door.get(path);
            HttpResponse<String> head = door.send("HEAD", path, "");

            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Content-Type"))
                    .isEqualTo(get.headers().firstValue("Content-Type"));
            assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
        }
    }

    @Test
    void index_namesTheEndpoints() throws Exception {
        assertThat(door.get("/").body()).contains("/metrics", "/api/v1/findings", "/in/{gateway}");
    }

    @Test
    void request_withTooManyHeaders_isRefused_andTheDoorGoesOn() throws Exception {
        String wild = "X-Wild: " + "w".repeat(17_000) + "\r\n";

        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\n" + wild + "\r\n")).contains(" 431 ");
        assertThat(raw("GET /" + "w".repeat(5_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .contains(" 414 ");
        assertThat(door.get("/-/healthy").statusCode()).isEqualTo(200);
    }

    private String raw(String request) throws Exception {
        try (Socket socket = door.connect()) {
            WebhookRoutesTest.write(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
