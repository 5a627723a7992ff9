package io.paybeacon.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.http.Dialer;
import io.paybeacon.probe.http.Protocol;
import io.paybeacon.server.SandboxWorld;
import io.paybeacon.server.blackbox.ProbeEndpoint.Reply;
import io.paybeacon.server.config.Connection;
import io.paybeacon.server.config.ModuleConfig;
import io.paybeacon.server.config.ModuleConfig.Check;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /probe} against real servers on loopback. */
class ProbeEndpointTest {
    private final Map<String, ModuleConfig> modules = new HashMap<>();
    private final AtomicReference<@Nullable String> authorization = new AtomicReference<>();
    private Vertx vertx;
    private ProbeEndpoint endpoint;
    private int port;
    private int otherPort;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        ModuleConfig.shipped().forEach(module -> modules.put(module.name(), module));
        endpoint =
                new ProbeEndpoint(vertx, new Dialer(vertx, null), () -> modules, System::nanoTime);
        otherPort = await(server(0)).actualPort();
        port = await(server(otherPort)).actualPort();
    }

    private Future<HttpServer> server(int other) {
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    authorization.set(request.getHeader("Authorization"));
                    switch (request.path()) {
                        case "/away" ->
                                request.response()
                                        .setStatusCode(302)
                                        .putHeader("Location", "http://127.0.0.1:" + other + "/")
                                        .end();
                        case "/loop" ->
                                request.response()
                                        .setStatusCode(302)
                                        .putHeader("Location", "/loop")
                                        .end();
                        case "/gone" -> request.response().setStatusCode(404).end();
                        case "/ill" -> request.response().setStatusCode(503).end();
                        case "/mute" -> {}
                        default ->
                                request.response()
                                        .putHeader("Last-Modified", "Sun, 01 Mar 2026 10:00:00 GMT")
                                        .end("all is well");
                    }
                })
                .listen(0, "127.0.0.1");
    }

    @AfterEach
    void close() {
        await(endpoint.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private String probe(String target, String module) {
        return switch (await(endpoint.probe(target, module, null))) {
            case Reply.Samples(String text) -> text;
            case Reply.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private void module(String name, Check check) {
        modules.put(name, new ModuleConfig(name, Duration.ofSeconds(5), check, Connection.DIRECT));
    }

    private static Check.Http http(List<String> matches, List<String> notMatches, boolean token) {
        return new Check.Http(
                "GET",
                Protocol.HTTP_1_1,
                Map.of(),
                "",
                token
                        ? Optional.of(io.paybeacon.probe.secret.Secret.of("a-token-of-a-test"))
                        : Optional.empty(),
                Optional.empty(),
                Set.of(),
                10,
                matches,
                notMatches,
                false,
                false);
    }

    private static Set<String> names(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("http: the names that blackbox_exporter gives for the same target")
    void http_names() {
        String text = probe("http://127.0.0.1:" + port + "/", "http_2xx");

        assertThat(names(text))
                .contains(
                        "probe_success",
                        "probe_duration_seconds",
                        "probe_failed_due_to_regex",
                        "probe_http_content_length",
                        "probe_http_duration_seconds",
                        "probe_http_last_modified_timestamp_seconds",
                        "probe_http_redirects",
                        "probe_http_ssl",
                        "probe_http_status_code",
                        "probe_http_uncompressed_body_length",
                        "probe_http_version");
        assertThat(text)
                .contains("probe_success 1\n")
                .contains("probe_http_status_code 200\n")
                .contains("probe_http_uncompressed_body_length 11\n")
                .contains("probe_http_duration_seconds{phase=\"connect\"}")
                .contains("probe_http_duration_seconds{phase=\"processing\"}")
                .contains("probe_http_last_modified_timestamp_seconds 1772359200\n")
                .doesNotContain("probe_failed_reason{");
    }

    @ParameterizedTest(name = "http: {0} fails with {1}")
    @CsvSource({
        "/gone, http_4xx, 404",
        "/ill, http_5xx, 503",
        "/loop, redirect, 302",
    })
    void http_fails(String path, String reason, int status) {
        assertThat(probe("http://127.0.0.1:" + port + path, "http_2xx"))
                .contains("probe_success 0\n")
                .contains("probe_failed_reason{reason=\"" + reason + "\"} 1\n")
                .contains("probe_http_status_code " + status + "\n");
    }

    @Test
    @DisplayName("http: a phase that was not reached has no series")
    void http_refused() throws Exception {
        assertThat(probe("http://127.0.0.1:" + SandboxWorld.freePort(), "http_2xx"))
                .contains("probe_success 0\n")
                .contains("probe_failed_reason{reason=\"connect_refused\"} 1\n")
                .doesNotContain("phase=\"processing\"");
    }

    @Test
    @DisplayName("http: a redirect is a hop, and another host is not shown the token")
    void http_redirects() {
        module("token", http(List.of(), List.of(), true));

        assertThat(probe("http://127.0.0.1:" + port + "/", "token")).contains("probe_success 1\n");
        assertThat(authorization.get()).isEqualTo("Bearer a-token-of-a-test");
        assertThat(probe("http://127.0.0.1:" + port + "/away", "token"))
                .contains("probe_success 1\n")
                .contains("probe_http_redirects 1\n");
        assertThat(authorization.get()).isNull();
    }

    @Test
    @DisplayName("http: the body is matched, and a mismatch has its own metric")
    void http_body() {
        module("well", http(List.of("is w.ll"), List.of(), false));
        module("ill", http(List.of(), List.of("well"), false));
        String target = "http://127.0.0.1:" + port + "/";

        assertThat(probe(target, "well")).contains("probe_failed_due_to_regex 0\n");
        assertThat(probe(target, "ill"))
                .contains("probe_success 0\n")
                .contains("probe_failed_due_to_regex 1\n")
                .contains("reason=\"assertion\"");
    }

    @Test
    @DisplayName("tcp: a connection passes, a refused one does not")
    void tcp() throws Exception {
        assertThat(probe("127.0.0.1:" + port, "tcp_connect")).contains("probe_success 1\n");
        assertThat(probe("127.0.0.1:" + SandboxWorld.freePort(), "tcp_connect"))
                .contains("probe_success 0\n")
                .contains("reason=\"connect_refused\"");
    }

    @Test
    @DisplayName("the scrape's timeout ends a probe before it, with the reason")
    void scrape_timeout() {
        Reply reply = await(endpoint.probe("127.0.0.1:" + port + "/mute", "http_2xx", "0.7"));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Samples.class,
                        samples -> assertThat(samples.text()).contains("reason=\"ttfb_timeout\""));
    }

    @ParameterizedTest(name = "target {0}, module {1}: {2}")
    @CsvSource(
            value = {
                "null, http_2xx, Name a target",
                "127.0.0.1, nonsense, No such module",
                "ftp://127.0.0.1, http_2xx, not one that the module takes",
                "http://user@127.0.0.1, http_2xx, not one that the module takes",
                "a b, tcp_connect, not one that the module takes",
                "127.0.0.1:99999, tcp_connect, not one that the module takes",
            },
            nullValues = "null")
    void refused(@Nullable String target, String module, String why) {
        assertThat(await(endpoint.probe(target, module, null)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(400);
                            assertThat(refused.why()).contains(why);
                        });
    }
}
