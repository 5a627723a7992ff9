package io.paybeacon.server.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.server.Agent;
import io.paybeacon.server.SandboxWorld;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of source against what it is made for: Prometheus, its metrics, a status page. */
class RealPrometheusTest {
    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private Sandbox sandbox;
    private Process prometheus;
    private Agent agent;
    private int port;

    @BeforeEach
    void open() throws Exception {
        if (!Files.isExecutable(PROMETHEUS)) {
            String remedy = PROMETHEUS + " is missing: install the Debian package prometheus";
            if ("true".equals(System.getenv("CI"))) {
                fail(remedy);
            }
            assumeTrue(false, remedy);
        }
        sandbox = Sandbox.start(SandboxOptions.defaults().withSeed(3));
        port = SandboxWorld.freePort();
        Path config =
                Files.writeString(
                        directory.resolve("prometheus.yml"),
                        """
                        global: {scrape_interval: 1s}
                        scrape_configs:
                          - job_name: itself
                            static_configs: [{targets: ["127.0.0.1:%d"]}]
                        """
                                .formatted(port));
        prometheus =
                new ProcessBuilder(
                                PROMETHEUS.toString(),
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--log.level=warn")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("prometheus.log").toFile())
                        .start();
        String query = "/api/v1/query?query=up%7Bjob%3D%22itself%22%7D";
        await().atMost(WAIT).ignoreExceptions().until(() -> get(port, query).contains(",\"1\"]"));
    }

    @AfterEach
    void close() throws Exception {
        if (agent != null) {
            agent.close();
        }
        if (prometheus != null) {
            prometheus.destroy();
            prometheus.waitFor();
        }
        if (sandbox != null) {
            sandbox.close();
        }
        client.close();
    }

    private String get(int at, String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private void start(String sources) throws Exception {
        Files.writeString(directory.resolve("key"), "a-key-of-a-test");
        Path file =
                Files.writeString(
                        directory.resolve("agent.yaml"),
                        """
                        listen: 127.0.0.1:0
                        gateways:
                          shop: {kind: stripe, url: "%s", apiKey: "${file:key}"}
                        sources:
                        %s\
                        """
                                .formatted(sandbox.baseUrl(), sources.indent(2)));
        agent = Agent.start(SandboxWorld.read(file), InstantSource.system(), "test");
        agent.scheduleProbes();
    }

    private void awaitMetric(String series, String value) {
        await().atMost(WAIT)
                .untilAsserted(() ->
                        assertThat(get(agent.port(), "/metrics").lines())
                                .filteredOn(line -> line.startsWith(series + " "))
                                .singleElement()
                                .asString()
                                .matches(".* " + value));
    }

    private static String series(String metric, String source) {
        return "paybeacon_%s{gateway=\"shop\",source=\"%s\"}".formatted(metric, source);
    }

    @Test
    @DisplayName("Queries, both formats of metrics, and a status page give their signals")
    void sources_signal() throws Exception {
        start(
                """
                asked:
                  gateway: shop
                  kind: promql
                  url: http://127.0.0.1:%1$d/
                  every: 5s
                  queries:
                    latency: 'scalar(up{job="itself"}) / 4'
                    errorRatio: 'sum(up{job="itself"}) / 8'
                    status: 'up{job="itself"}'
                scraped:
                  gateway: shop
                  kind: prometheus
                  url: http://127.0.0.1:%1$d/metrics
                  every: 5s
                  series:
                    latency:
                      increase: prometheus_http_request_duration_seconds_sum{handler="/metrics"}
                      per: prometheus_http_request_duration_seconds_count{handler="/metrics"}
                    errorRatio: {series: prometheus_config_last_reload_successful}
                page:
                  gateway: shop
                  kind: statusPage
                  url: %2$s/api/v2/summary.json
                  every: 5s
                """
                        .formatted(port, sandbox.baseUrl()));

        awaitMetric(series("source_latency_seconds", "asked"), "0\\.25");
        awaitMetric(series("source_error_ratio", "asked"), "0\\.125");
        awaitMetric(series("source_status", "asked"), "1(\\.0)?");
        awaitMetric(series("source_error_ratio", "scraped"), "1(\\.0)?");
        awaitMetric(series("source_status", "page"), "0(\\.0)?");
        // The ratio of two counters takes two scrapes.
        awaitMetric(series("source_latency_seconds", "scraped"), "[0-9.E-]*[1-9][0-9.E-]*");
        for (String source : new String[] {"asked", "scraped", "page"}) {
            awaitMetric(series("source_up", source), "1(\\.0)?");
        }
    }

    @Test
    @DisplayName("What Prometheus refuses, or has no number for, is counted with its reason")
    void sources_refused() throws Exception {
        start(
                """
                broken:
                  {gateway: shop, kind: promql, url: "http://127.0.0.1:%1$d", every: 5s,
                   queries: {latency: "sum("}}
                empty:
                  {gateway: shop, kind: promql, url: "http://127.0.0.1:%1$d", every: 5s,
                   queries: {latency: "no_such_series"}}
                many:
                  {gateway: shop, kind: promql, url: "http://127.0.0.1:%1$d", every: 5s,
                   queries: {latency: "prometheus_http_requests_total"}}
                nan:
                  {gateway: shop, kind: promql, url: "http://127.0.0.1:%1$d", every: 5s,
                   queries: {latency: "vector(0) / 0"}}
                text:
                  {gateway: shop, kind: promql, url: "http://127.0.0.1:%1$d", every: 5s,
                   queries: {latency: "'text'"}}
                other:
                  {gateway: shop, kind: statusPage, url: "http://127.0.0.1:%1$d/metrics", every: 5s}
                """
                        .formatted(port));

        awaitFailure("broken", "http_status");
        awaitFailure("empty", "no_series");
        awaitFailure("many", "bad_value");
        awaitFailure("nan", "bad_value");
        awaitFailure("text", "bad_value");
        awaitFailure("other", "malformed");
    }

    private void awaitFailure(String source, String reason) {
        await().atMost(WAIT)
                .untilAsserted(() ->
                        assertThat(get(agent.port(), "/metrics").lines())
                                .filteredOn(line ->
                                        line.startsWith("paybeacon_source_failures_total{")
                                                && line.contains("source=\"" + source + "\"")
                                                && line.contains("reason=\"" + reason + "\""))
                                .singleElement()
                                .asString()
                                .matches(".* [1-9].*"));
    }
}
