package io.paybeacon.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeTest {
    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TempDir private Path directory;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(directory.resolve("store"));
        List<Long> counts =
                new ArrayList<>(
                        Collections.nCopies(Metric.PROBE_DURATION.buckets().size() + 1, 0L));
        counts.set(2, 1L);
        door.engine.metrics =
                new MetricSnapshot(
                        Map.of(Series.of(Metric.PAYMENT_CAPTURED, "stripe_eu", "EUR"), 1099L),
                        Map.of(
                                Series.of(Metric.PROBE_DURATION, "stripe_eu", "card"),
                                new Histogram(
                                        counts,
                                        200_000_000,
                                        Map.of(
                                                2,
                                                new Exemplar(200_000_000, TRACE, Instant.now())))));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                     | text/plain; version=0.0.4",
                "text/html,*/*;q=0.8                     | text/plain; version=0.0.4",
                "application/openmetrics-text            | application/openmetrics-text",
                "application/openmetrics-text;q=0.1,*/*  | text/plain; version=0.0.4",
                "application/openmetrics-text;version=9  | text/plain; version=0.0.4"
            })
    void metrics_comeInTheFormatThatIsWanted(String accept, String contentType) throws Exception {
        HttpResponse<String> answer = door.get("/metrics", "Accept", accept);

        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(contentType);
        assertThat(answer.headers().firstValue("Vary")).contains("Accept, Accept-Encoding");
        assertThat(answer.body().endsWith("# EOF\n")).isEqualTo(contentType.contains("openm"));
        assertThat(answer.body().contains(TRACE)).isEqualTo(contentType.contains("openm"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip|true", "deflate, gzip;q=0.5|true", "gzip;q=0|false", "br|false"})
    void metrics_areZipped_whenThatIsWanted(String encodings, boolean zipped) throws Exception {
        HttpResponse<byte[]> answer = door.getBytes("/metrics", "Accept-Encoding", encodings);

        Optional<String> encoding = answer.headers().firstValue("Content-Encoding");
        assertThat(encoding.isPresent()).isEqualTo(zipped);
        String text = zipped ? unzip(answer.body()) : utf8(answer.body());
        assertThat(text).contains("\npaybeacon_engine_up 1.0\n");
    }

    @Test
    void prometheus_scrapesOpenMetrics_andKnowsTheSeriesAndTheirExemplars() throws Exception {
        needsPrometheus();
        int port = freePort();
        Process prometheus = start(port);
        try {
            String up = "up{job=\"paybeacon\"}";
            await("Prometheus scrapes")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> value(port, up).equals(Optional.of("1")));

            assertThat(
                            value(
                                    port,
                                    "paybeacon_payment_captured_minor_units_total{"
                                            + "currency=\"EUR\"}"))
                    .contains("1099");
            assertThat(value(port, "paybeacon_probe_duration_seconds_count{probe=\"card\"}"))
                    .contains("1");
            assertThat(value(port, "paybeacon_probe_failures_total{probe=\"card\"}")).contains("0");
            assertThat(exemplars(port)).contains(TRACE);
            assertThat(metadata(port, "paybeacon_engine_epochs")).contains("\"counter\"");
        } finally {
            prometheus.destroy();
            prometheus.waitFor();
        }
    }

    private static void needsPrometheus() {
        if (!Files.isExecutable(PROMETHEUS)) {
            String remedy = PROMETHEUS + " is missing: install the Debian package prometheus";
            if ("true".equals(System.getenv("CI"))) {
                fail(remedy);
            }
            assumeTrue(false, remedy);
        }
    }

    private Process start(int port) throws IOException {
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global:
                  scrape_interval: 1s
                scrape_configs:
                  - job_name: paybeacon
                    static_configs:
                      - targets: ["127.0.0.1:%d"]
                """
                        .formatted(door.port()));
        return new ProcessBuilder(
                        PROMETHEUS.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--enable-feature=exemplar-storage",
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
    }

    // Another process may take the port in between; Prometheus then ends, and the wait fails.
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<String> value(int port, String query)
            throws IOException, InterruptedException {
        JsonArray result =
                new JsonObject(ask(port, "/api/v1/query?query=" + encoded(query)))
                        .getJsonObject("data")
                        .getJsonArray("result");
        return result.isEmpty()
                ? Optional.empty()
                : Optional.of(result.getJsonObject(0).getJsonArray("value").getString(1));
    }

    private static String exemplars(int port) throws IOException, InterruptedException {
        long now = Instant.now().getEpochSecond();
        return ask(
                port,
                "/api/v1/query_exemplars?query=paybeacon_probe_duration_seconds_bucke"
                        + "t&start=%d&end=%d".formatted(now - 600, now + 600));
    }

    private static String metadata(int port, String metric)
            throws IOException, InterruptedException {
        return ask(port, "/api/v1/metadata?metric=" + metric);
    }

    private static String ask(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private static String unzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return utf8(in.readAllBytes());
        }
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
