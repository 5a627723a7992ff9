package io.paybeacon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.probe.result.RunResult;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a run is the same on the wire, in the API and in the exemplars. */
class TraceTest {
    @TempDir Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private Agent agent;

    @BeforeEach
    void open() throws Exception {
        int target =
                vertx.createHttpServer()
                        .requestHandler(request -> {
                            seen.add(String.valueOf(request.getHeader("traceparent")));
                            request.response().setStatusCode(status(request.path())).end("well");
                        })
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .actualPort();
        Files.writeString(directory.resolve("key"), "a-key-of-a-test");
        Files.writeString(
                directory.resolve("look.yaml"),
                """
                name: look
                gateway: card
                secrets: [key]
                variables: {path: well}
                steps:
                  - name: first
                    http: {method: GET, path: "/first", auth: "bearer ${secret.key}"}
                    assert:
                      - status: 200
                  - name: second
                    http: {method: GET, path: "/${path}"}
                    assert:
                      - status: 200
                """);
        Path file =
                Files.writeString(
                        directory.resolve("agent.yaml"),
                        """
                        listen: 127.0.0.1:0
                        gateways:
                          shop:
                            kind: card
                            url: http://127.0.0.1:%d
                            secrets: {key: "${file:key}"}
                        probes:
                          ill: {plan: look.yaml, gateway: shop, variables: {path: ill}}
                          well: {plan: look.yaml, gateway: shop}
                        """
                                .formatted(target));
        agent = Agent.start(SandboxWorld.read(file), InstantSource.system(), "test");
    }

    private static int status(String path) {
        return path.equals("/ill") ? 503 : 200;
    }

    @AfterEach
    void close() {
        agent.close();
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String get(String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + agent.port() + path))
                                .header("Accept", "application/openmetrics-text;version=1.0.0")
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private RunResult run(String probe) {
        return agent.runProbe(
                agent.config().probes().stream()
                        .filter(target -> target.name().equals(probe))
                        .findFirst()
                        .orElseThrow());
    }

    private void assertOneTrace(RunResult result) throws Exception {
        String trace = result.traceId();
        assertThat(trace).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        assertThat(seen)
                .hasSize(2)
                .allMatch(one -> one.matches("00-" + trace + "-[0-9a-f]{16}-01"));
        assertThat(seen).doesNotHaveDuplicates();

        String path = "/api/v1/probes/" + result.probe();
        JsonObject run = new JsonObject(get(path)).getJsonArray("runs").getJsonObject(0);
        assertThat(run.getString("traceId")).isEqualTo(trace);
        assertThat(new JsonObject(get(path + "/runs/" + result.runId())).getString("traceId"))
                .isEqualTo(trace);

        String bucket = "paybeacon_probe_duration_seconds_bucket{";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(get("/metrics").lines())
                                .filteredOn(line -> line.startsWith(bucket))
                                .filteredOn(
                                        line -> line.contains("probe=\"" + result.probe() + "\""))
                                .filteredOn(line -> line.contains("# {"))
                                .isNotEmpty()
                                .allMatch(line -> line.contains("trace_id=\"" + trace + "\"")));
        seen.clear();
    }

    @Test
    @DisplayName("A run that passes, and one that fails, can be followed from a bucket to the wire")
    void run_isOneTrace() throws Exception {
        RunResult well = run("well");
        assertThat(well.failure()).isNull();
        assertOneTrace(well);

        RunResult ill = run("ill");
        assertThat(ill.failedStep()).isEqualTo("second");
        assertOneTrace(ill);
    }
}
