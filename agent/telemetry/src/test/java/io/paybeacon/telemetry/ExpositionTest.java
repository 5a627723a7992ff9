package io.paybeacon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final EngineStatus WORKING = new EngineStatus(null, 7, 3, 2);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Inventory inventory =
            new Inventory(Map.of("stripe_eu", List.of("card", "health"), "stripe_us", List.of()));
    private final ProcessMetrics process = new ProcessMetrics("0.1.0", START, () -> inventory);
    private final Exposition exposition =
            new Exposition(new MetricCatalog(), () -> inventory, process);

    @Test
    void knownSeries_existAtZero_beforeAnythingHappened() {
        List<String> lines = lines(ExpositionFormat.TEXT, MetricSnapshot.EMPTY);

        assertThat(lines)
                .contains(
                        "paybeacon_intake_unused_total{gateway=\"stripe_us\","
                                + "reason=\"syntax\"} 0.0",
                        "paybeacon_payments_started_total{gateway=\"stripe_eu\"} 0.0",
                        "paybeacon_findings_open{gateway=\"stripe_eu\",kind=\"stuck_payment\"} 0.0",
                        "paybeacon_probe_failures_total{gateway=\"stripe_eu\",probe=\"card\"} 0.0",
                        "paybeacon_probe_duration_seconds_count{gateway=\"stripe_eu\","
                                + "probe=\"health\"} 0",
                        "paybeacon_ingest_requests_total{gateway=\"stripe_us\","
                                + "result=\"refused_signature\"} 0.0",
                        "paybeacon_exposition_series_over_budget 0.0");
    }

    @Test
    void probeUp_isAbsent_beforeTheFirstRun() {
        assertThat(lines(ExpositionFormat.TEXT, MetricSnapshot.EMPTY))
                .noneMatch(line -> line.startsWith("paybeacon_probe_up"))
                .noneMatch(line -> line.startsWith("paybeacon_probe_last_success"));
    }

    @Test
    void probes_ofOneGateway_areNotExpectedAtAnother() {
        assertThat(lines(ExpositionFormat.TEXT, MetricSnapshot.EMPTY))
                .noneMatch(line -> line.contains("gateway=\"stripe_us\",probe="));
    }

    @Test
    void engineAndProcess_sayHowTheyAre() {
        process.ingested("stripe_eu", IngestResult.ACCEPTED, Duration.ofMillis(6).toNanos());
        process.ingested("../etc/passwd", IngestResult.UNKNOWN_GATEWAY, 1);
        process.responded(HttpRoute.INGEST, 404);
        process.findingsStoreFailed();
        process.configReloaded(START.plusSeconds(60));
        process.configReloadFailed();

        assertThat(lines(ExpositionFormat.TEXT, MetricSnapshot.EMPTY))
                .contains(
                        "paybeacon_agent_info{version=\"0.1.0\"} 1",
                        "paybeacon_agent_start_time_seconds 1.7953416E9",
                        "paybeacon_engine_up 1.0",
                        "paybeacon_engine_epochs_total 7.0",
                        "paybeacon_engine_queued_events 3.0",
                        "paybeacon_engine_undelivered_outputs 2.0",
                        "paybeacon_ingest_requests_total{gateway=\"stripe_eu\","
                                + "result=\"accepted\"} 1.0",
                        "paybeacon_ingest_requests_total{gateway=\"unknown\","
                                + "result=\"unknown_gateway\"} 1.0",
                        "paybeacon_ingest_duration_seconds_bucket{"
                                + "gateway=\"stripe_eu\",le=\"0.005\"} 0",
                        "paybeacon_ingest_duration_seconds_bucket{"
                                + "gateway=\"stripe_eu\",le=\"0.025\"} 1",
                        "paybeacon_http_responses_total{route=\"ingest\",status=\"4xx\"} 1.0",
                        "paybeacon_findings_store_errors_total 1.0",
                        "paybeacon_config_last_reload_success_timestamp_seconds 1.79534166E9",
                        "paybeacon_config_last_reload_successful 0.0");
    }

    @Test
    void engineUp_isZero_whenItFailed() {
        EngineStatus failed = new EngineStatus("disk full", 7, 0, 0);

        assertThat(text(exposition.write(ExpositionFormat.TEXT, MetricSnapshot.EMPTY, failed)))
                .contains("\npaybeacon_engine_up 0.0\n");
    }

    @Test
    void durations_areInSeconds_withExemplarsInOpenMetricsOnly() {
        MetricSnapshot committed =
                new MetricSnapshot(
                        Map.of(Series.of(Metric.PAYMENT_CAPTURED, "stripe_eu", "EUR"), 1099L),
                        Map.of(
                                Series.of(Metric.PROBE_DURATION, "stripe_eu", "card"),
                                histogram(Metric.PROBE_DURATION, 1, 250_000_000)));

        assertThat(lines(ExpositionFormat.OPENMETRICS, committed))
                .contains(
                        "# TYPE paybeacon_probe_duration_seconds histogram",
                        "# UNIT paybeacon_probe_duration_seconds seconds",
                        "# TYPE paybeacon_payment_captured_minor_units counter",
                        "# TYPE paybeacon_agent info",
                        "paybeacon_payment_captured_minor_units_total{currency=\"EUR\","
                                + "gateway=\"stripe_eu\"} 1099.0",
                        "paybeacon_probe_duration_seconds_sum{gateway=\"stripe_eu\","
                                + "probe=\"card\"} 0.25",
                        "paybeacon_probe_duration_seconds_bucket{"
                                + "gateway=\"stripe_eu\",probe=\"card\","
                                + "le=\"0.1\"} 0",
                        "paybeacon_probe_duration_seconds_bucket{"
                                + "gateway=\"stripe_eu\",probe=\"card\","
                                + "le=\"0.25\"} 1 # {trace_id=\""
                                + TRACE
                                + "\"} 0.25 1795341600.000")
                .endsWith("# EOF");
        assertThat(lines(ExpositionFormat.TEXT, committed))
                .contains(
                        "paybeacon_probe_duration_seconds_bucket{"
                                + "gateway=\"stripe_eu\",probe=\"card\","
                                + "le=\"0.25\"} 1")
                .noneMatch(line -> line.contains(TRACE));
    }

    @Test
    void labelValues_losesControlCharacters_areCut_andCountTogetherWhenTheyBecomeOne() {
        String cut = "é".repeat(64);
        MetricSnapshot committed =
                new MetricSnapshot(
                        Map.of(
                                attempts("a\nb"), 1L,
                                attempts("a\u0000b"), 2L,
                                attempts("a\u2028b"), 4L,
                                attempts("a\ud800b"), 8L,
                                attempts(""), 16L,
                                attempts(cut + "x"), 32L,
                                attempts(cut + "y"), 64L,
                                attempts("say \"\\\""), 128L),
                        Map.of());

        assertThat(lines(ExpositionFormat.TEXT, committed))
                .contains(
                        attemptsLine("a_b", 15),
                        attemptsLine("none", 16),
                        attemptsLine(cut, 96),
                        attemptsLine("say \\\"\\\\\\\"", 128));
    }

    @Test
    void hostileLabels_stayWithinTheBudget_andKeepTotals() {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        Map<Series, Long> values = new HashMap<>();
        Map<Series, Histogram> histograms = new HashMap<>();
        long attempts = 0;
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 2_000; i++) {
                String wild = "m" + Long.toHexString(random.nextLong()) + "\u0007";
                values.put(attempts(wild), 1L);
                attempts++;
                values.put(Series.of(Metric.PAYMENT_CAPTURED, "stripe_eu", wild), 5L);
                values.put(
                        Series.of(Metric.PROBE_STEP_FAILURES, "stripe_eu", "card", wild, wild), 1L);
                histograms.put(
                        Series.of(Metric.PROBE_DURATION, wild, "card"),
                        histogram(Metric.PROBE_DURATION, 1, 1));
            }
            List<String> lines =
                    lines(ExpositionFormat.TEXT, new MetricSnapshot(values, histograms));

            assertThat(samples(lines)).as("samples with seed %d", seed).isLessThanOrEqualTo(6_000);
            assertThat(sum(lines, "paybeacon_payment_attempts_total")).isEqualTo(attempts);
            assertThat(sum(lines, "paybeacon_payment_captured_minor_units_total"))
                    .isEqualTo(5 * attempts);
            assertThat(sum(lines, "paybeacon_exposition_series_over_budget")).isPositive();
            assertThat(lines)
                    .contains(
                            "paybeacon_probe_failures_total{gateway=\"stripe_eu\","
                                    + "probe=\"card\"} 0.0");
        }
    }

    @Test
    void series_onceExposed_stay_whenEarlierNamesComeLater() {
        Map<Series, Long> values = new HashMap<>();
        values.put(attempts("zz_first"), 1L);
        lines(ExpositionFormat.TEXT, new MetricSnapshot(values, Map.of()));
        for (int i = 0; i < 10_000; i++) {
            values.put(attempts("aa" + i), 1L);
        }

        List<String> second = lines(ExpositionFormat.TEXT, new MetricSnapshot(values, Map.of()));
        List<String> third = lines(ExpositionFormat.TEXT, new MetricSnapshot(values, Map.of()));

        assertThat(second).contains(attemptsLine("zz_first", 1));
        assertThat(third).isEqualTo(second);
    }

    private static Series attempts(String method) {
        return Series.of(Metric.PAYMENT_ATTEMPTS, "stripe_eu", method, "approved");
    }

    private static String attemptsLine(String method, long value) {
        return "paybeacon_payment_attempts_total{gateway=\"stripe_eu\",method=\""
                + method
                + "\",outcome=\"approved\"} "
                + value
                + ".0";
    }

    /** One value in the bucket whose upper bound it is, or in the first. */
    static Histogram histogram(Metric metric, long count, long valueNanos) {
        List<Long> counts = new ArrayList<>(Collections.nCopies(metric.buckets().size() + 1, 0L));
        int bucket = Math.max(0, metric.buckets().indexOf(valueNanos));
        counts.set(bucket, count);
        return new Histogram(
                counts, count * valueNanos, Map.of(bucket, new Exemplar(valueNanos, TRACE, START)));
    }

    private List<String> lines(ExpositionFormat format, MetricSnapshot committed) {
        return text(exposition.write(format, committed, WORKING)).lines().toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static long samples(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("#")).count();
    }

    private static long sum(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
