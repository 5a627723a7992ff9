package io.paybeacon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of the series when the configuration changes while the agent runs. */
class ChangedConfigurationTest {
    private static final int CHANGES = 200;
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final EngineStatus WORKING = new EngineStatus(null, 7, 3, 2);

    private final AtomicReference<Inventory> inventory =
            new AtomicReference<>(new Inventory(Map.of("eu", List.of("card", "health"))));
    private final ProcessMetrics process = new ProcessMetrics("0.2.0", START, inventory::get);
    private final Exposition exposition =
            new Exposition(new MetricCatalog(), inventory::get, process);
    private final Map<Series, Long> committed = new HashMap<>();

    @Test
    @DisplayName("What is added exists at zero, what stays goes on, what is gone is shown no more")
    void added_kept_removed() {
        committed.put(attempts("eu", "card"), 41L);
        committed.put(attempts("eu", "health"), 7L);
        assertThat(lines())
                .contains(attemptsLine("eu", "card", 41), attemptsLine("eu", "health", 7));

        inventory.set(
                new Inventory(
                        Map.of("eu", List.of("card", "refund"), "us", List.of("card")),
                        Map.of("us", List.of("status_page"))));
        committed.put(attempts("eu", "card"), 42L);

        assertThat(lines())
                .contains(
                        attemptsLine("eu", "card", 42),
                        attemptsLine("eu", "refund", 0),
                        attemptsLine("us", "card", 0))
                .noneMatch(line -> line.contains("probe=\"health\""));
        assertThat(lines()).contains("paybeacon_exposition_series_over_budget 0.0");
    }

    @Test
    @DisplayName("A probe that comes back goes on where its counters were")
    void returns() {
        committed.put(attempts("eu", "health"), 7L);
        lines();
        inventory.set(new Inventory(Map.of("eu", List.of("card"))));
        assertThat(lines()).noneMatch(line -> line.contains("probe=\"health\""));
        inventory.set(new Inventory(Map.of("eu", List.of("card", "health"))));
        committed.put(attempts("eu", "health"), 9L);

        assertThat(lines()).contains(attemptsLine("eu", "health", 9));
    }

    @Test
    @DisplayName("Requests count under the gateways of the moment, and earlier counts go on")
    void requests() {
        process.ingested("eu", IngestResult.ACCEPTED, 1);
        process.ingested("us", IngestResult.UNKNOWN_GATEWAY, 1);
        inventory.set(new Inventory(Map.of("eu", List.of(), "us", List.of())));
        process.ingested("eu", IngestResult.ACCEPTED, 1);
        process.ingested("us", IngestResult.ACCEPTED, 1);

        assertThat(lines())
                .contains(
                        requestsLine("eu", "accepted", 2),
                        requestsLine("us", "accepted", 1),
                        requestsLine("unknown", "unknown_gateway", 1));
    }

    @Test
    @DisplayName("After hundreds of changes of names the probes of the moment are all exposed")
    void many_changes() {
        for (int i = 0; i < CHANGES; i++) {
            List<String> probes = List.of("stays", "a" + i, "b" + i, "c" + i);
            inventory.set(new Inventory(Map.of("eu", probes, "us", probes)));
            for (String probe : probes) {
                committed.merge(attempts("eu", probe), 1L, Long::sum);
                committed.put(Series.of(Metric.PROBE_UP, "us", probe), 1L);
            }
            List<String> lines = lines();

            assertThat(lines)
                    .as("change %d", i)
                    .contains(
                            attemptsLine("eu", "stays", i + 1),
                            attemptsLine("eu", "a" + i, 1),
                            "paybeacon_probe_up{gateway=\"us\",probe=\"c" + i + "\"} 1.0")
                    .hasSizeLessThan(6_000);
        }
    }

    @Test
    @DisplayName("What once counts under others stays there when there is room again")
    void folded() {
        for (int i = 0; i < 1_000; i++) {
            committed.put(Series.of(Metric.PAYMENT_CAPTURED, "eu", "X" + i), 1L);
        }
        long before = others(lines());
        inventory.set(new Inventory(Map.of("us", List.of())));
        lines();
        inventory.set(new Inventory(Map.of("eu", List.of())));

        assertThat(before).isPositive();
        assertThat(others(lines())).isEqualTo(before);
    }

    @Test
    void health_countsEachFallOnce_andBeginsWell() {
        assertThat(lines()).contains("paybeacon_agent_healthy{check=\"egress\"} 1.0");
        process.agentHealth(HealthCheck.EGRESS, false);
        process.agentHealth(HealthCheck.EGRESS, false);
        process.agentHealth(HealthCheck.EGRESS, true);
        process.agentHealth(HealthCheck.EGRESS, false);
        process.agentHealth(HealthCheck.CLOCK, true);
        process.eventLoopLag(-5);
        process.eventLoopLag(700_000_000);
        process.stageFailed("payment");
        process.configReloaded(START);
        process.configReloadFailed();

        assertThat(lines())
                .contains(
                        "paybeacon_agent_healthy{check=\"egress\"} 0.0",
                        "paybeacon_agent_healthy{check=\"clock\"} 1.0",
                        "paybeacon_agent_faults_total{check=\"egress\"} 2.0",
                        "paybeacon_agent_faults_total{check=\"clock\"} 0.0",
                        "paybeacon_agent_event_loop_lag_seconds_count 2",
                        "paybeacon_agent_event_loop_lag_seconds_bucket{le=\"0.5\"} 1",
                        "paybeacon_engine_stage_failures_total{stage=\"payment\"} 1.0",
                        "paybeacon_engine_stage_failures_total{stage=\"source\"} 0.0",
                        "paybeacon_config_reloads_total{result=\"applied\"} 1.0",
                        "paybeacon_config_reloads_total{result=\"rejected\"} 1.0");
    }

    @Test
    @DisplayName("What sources say is exposed in seconds, as a ratio, and as it is")
    void sources() {
        inventory.set(new Inventory(Map.of("eu", List.of()), Map.of("eu", List.of("page"))));
        committed.put(Series.of(Metric.SOURCE_LATENCY, "eu", "page"), 250_000_001L);
        committed.put(Series.of(Metric.SOURCE_ERROR_RATIO, "eu", "page"), 12_345L);
        committed.put(Series.of(Metric.SOURCE_STATUS, "eu", "page"), 4L);
        committed.put(Series.of(Metric.SOURCE_FAILURES, "eu", "page", "timeout"), 3L);

        assertThat(lines())
                .contains(
                        "paybeacon_source_latency_seconds{gateway=\"eu\",source=\"page\"}"
                                + " 0.250000001",
                        "paybeacon_source_error_ratio{gateway=\"eu\",source=\"page\"} 0.012345",
                        "paybeacon_source_status{gateway=\"eu\",source=\"page\"} 4.0",
                        "paybeacon_source_failures_total{gateway=\"eu\",reason=\"timeout\","
                                + "source=\"page\"} 3.0");
    }

    private static long others(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("paybeacon_payment_captured"))
                .filter(line -> line.contains("currency=\"other\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static Series attempts(String gateway, String probe) {
        return Series.of(Metric.PROBE_ATTEMPTS, gateway, probe);
    }

    private static String attemptsLine(String gateway, String probe, long value) {
        return "paybeacon_probe_attempts_total{gateway=\"%s\",probe=\"%s\"} %d.0"
                .formatted(gateway, probe, value);
    }

    private static String requestsLine(String gateway, String result, long value) {
        return "paybeacon_ingest_requests_total{gateway=\"%s\",result=\"%s\"} %d.0"
                .formatted(gateway, result, value);
    }

    private List<String> lines() {
        byte[] text =
                exposition.write(
                        ExpositionFormat.TEXT, new MetricSnapshot(committed, Map.of()), WORKING);
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }
}
