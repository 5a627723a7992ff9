package io.paybeacon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import io.paybeacon.telemetry.Label.Configured;
import io.paybeacon.telemetry.Label.Listed;
import io.paybeacon.telemetry.Label.Open;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An agent with ten gateways of four probes and a source each, all of them in full use: attempts
 * over HTTPS that wait for the pace of their gateway, every outcome, and for one gateway in five a
 * probe that keeps its connection.
 */
class SeriesBudgetTest {
    private static final int SAMPLES_MAX = 6_000;
    private static final int GATEWAYS = 10;
    private static final int FLOOD = 200;
    private static final long SEED = 20_261_122;
    private static final String OVER_BUDGET = "paybeacon_exposition_series_over_budget";

    /** The labels that take values from outside. */
    private static final Set<String> OPEN = Set.of("method", "currency", "step", "type");

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final EngineStatus WORKING = new EngineStatus(null, 7, 3, 2);

    /** What an attempt over HTTPS goes through, each time over a new connection. */
    private static final List<String> COLD =
            List.of(
                    "queue",
                    "resolve",
                    "connect",
                    "tls",
                    "write",
                    "server",
                    "transfer",
                    "remainder");

    private static final Set<String> KEEPING = Set.of("gateway_0", "gateway_5");

    /** What it goes through over a connection that is kept. */
    private static final Set<String> WARM =
            Set.of("queue", "write", "server", "transfer", "remainder");

    private final MetricCatalog catalog = new MetricCatalog();
    private final Inventory inventory = inventory();
    private final ProcessMetrics process = process();
    private final Exposition exposition = new Exposition(catalog, () -> inventory, process);

    @Test
    @DisplayName("All that forty probes measure is exposed, and nothing of it is folded")
    void inUse() {
        List<String> lines = lines(inFullUse());

        assertThat(samples(lines)).isLessThanOrEqualTo(SAMPLES_MAX);
        assertThat(sum(lines, OVER_BUDGET)).isZero();
    }

    @Test
    @DisplayName("A flood in every label takes nothing from what is known, and is counted")
    void flood() {
        Map<String, Long> quiet = byName(lines(inFullUse()));
        SplittableRandom random = new SplittableRandom(SEED);
        MetricSnapshot usual = inFullUse();
        Map<Series, Long> values = new HashMap<>(usual.values());
        Map<Series, Histogram> histograms = new HashMap<>(usual.histograms());
        Map<String, Long> before = quiet;
        for (int round = 0; round < 4; round++) {
            flood(values, histograms, random);
            List<String> lines = lines(new MetricSnapshot(values, histograms));
            Map<String, Long> after = byName(lines);

            assertThat(samples(lines)).as("seed %d", SEED).isLessThanOrEqualTo(SAMPLES_MAX);
            assertThat(after.keySet()).as("seed %d", SEED).containsAll(before.keySet());
            quiet.forEach((series, value) -> {
                if (!series.startsWith(OVER_BUDGET)) {
                    assertThat(after).as("seed %d", SEED).containsEntry(series, value);
                }
            });
            before.forEach((series, value) ->
                    assertThat(after.get(series))
                            .as("%s, seed %d", series, SEED)
                            .isGreaterThanOrEqualTo(value));
            assertThat(sum(lines, OVER_BUDGET)).isGreaterThan(FLOOD);
            for (Metric metric : List.of(Metric.PAYMENT_ATTEMPTS, Metric.PAYMENT_CAPTURED)) {
                assertThat(lines)
                        .as(metric.key())
                        .anyMatch(line ->
                                line.startsWith(catalog.of(metric).name() + "{")
                                        && line.contains("=\"other\""));
                assertThat(sum(lines, catalog.of(metric).name()))
                        .as("total of %s, seed %d", metric.key(), SEED)
                        .isEqualTo(total(values, metric));
            }
            before = after;
        }
    }

    @Test
    @DisplayName("A flood that comes before anything else takes nothing from what comes later")
    void flood_first() {
        Map<Series, Long> values = new HashMap<>();
        Map<Series, Histogram> histograms = new HashMap<>();
        flood(values, histograms, new SplittableRandom(SEED));
        lines(new MetricSnapshot(values, histograms));
        MetricSnapshot usual = inFullUse();
        values.putAll(usual.values());
        histograms.putAll(usual.histograms());

        List<String> lines = lines(new MetricSnapshot(values, histograms));

        assertThat(samples(lines)).as("seed %d", SEED).isLessThanOrEqualTo(SAMPLES_MAX);
        for (Metric metric : Metric.values()) {
            if (metric.labels().stream().anyMatch(OPEN::contains)) {
                continue;
            }
            String name = catalog.of(metric).name();
            long known =
                    usual.values().keySet().stream().filter(s -> s.metric() == metric).count()
                            + usual.histograms().keySet().stream()
                                    .filter(s -> s.metric() == metric)
                                    .count();
            String counted = metric.kind() == Metric.Kind.HISTOGRAM ? name + "_count" : name;
            assertThat(lines)
                    .as(name)
                    .filteredOn(line -> line.startsWith(counted + "{"))
                    .filteredOn(line -> !line.contains("wild") && !line.contains("\"other\""))
                    .filteredOn(line -> !line.endsWith(" 0") && !line.endsWith(" 0.0"))
                    .hasSize((int) known);
        }
    }

    /** New values in every label of every metric, known or not. */
    private static void flood(
            Map<Series, Long> values, Map<Series, Histogram> histograms, SplittableRandom random) {
        for (Metric metric : Metric.values()) {
            for (int i = 0; i < FLOOD; i++) {
                List<String> labels = new ArrayList<>();
                for (int n = 0; n < metric.labels().size(); n++) {
                    boolean known = n == 0 && random.nextBoolean();
                    labels.add(
                            known
                                    ? "gateway_" + random.nextInt(GATEWAYS)
                                    : "wild\n" + Long.toHexString(random.nextLong()));
                }
                put(values, histograms, new Series(metric, labels));
            }
        }
    }

    private static Inventory inventory() {
        Map<String, List<String>> probes = new TreeMap<>();
        Map<String, List<String>> sources = new TreeMap<>();
        for (int i = 0; i < GATEWAYS; i++) {
            probes.put("gateway_" + i, List.of("card", "decline", "three_ds", "health"));
            sources.put("gateway_" + i, List.of("status_page"));
        }
        return new Inventory(probes, sources);
    }

    private ProcessMetrics process() {
        ProcessMetrics metrics = new ProcessMetrics("0.2.0", START, () -> inventory);
        for (String gateway : inventory.gateways()) {
            metrics.ingested(gateway, IngestResult.ACCEPTED, 1_000_000);
        }
        metrics.ingested("no such gateway", IngestResult.UNKNOWN_GATEWAY, 1_000_000);
        metrics.eventLoopLag(1_000);
        return metrics;
    }

    private MetricSnapshot inFullUse() {
        Map<Series, Long> values = new HashMap<>();
        Map<Series, Histogram> histograms = new HashMap<>();
        for (Metric metric : Metric.values()) {
            for (List<String> labels : usual(metric)) {
                put(values, histograms, new Series(metric, labels));
            }
        }
        return new MetricSnapshot(values, histograms);
    }

    private static void put(
            Map<Series, Long> values, Map<Series, Histogram> histograms, Series series) {
        if (series.metric().kind() == Metric.Kind.HISTOGRAM) {
            List<Long> counts = Collections.nCopies(series.metric().buckets().size() + 1, 1L);
            histograms.put(series, new Histogram(counts, 1_000_000, Map.of()));
        } else {
            values.put(series, 1L);
        }
    }

    /** The series of a metric that a busy day makes. */
    private List<List<String>> usual(Metric metric) {
        List<List<String>> series = List.of(List.of());
        for (Label label : catalog.of(metric).labels()) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> labels : series) {
                for (String value : usual(metric, label, labels)) {
                    longer.add(Stream.concat(labels.stream(), Stream.of(value)).toList());
                }
            }
            series = longer;
        }
        return series;
    }

    private List<String> usual(Metric metric, Label label, List<String> before) {
        return switch (label.values()) {
            case Configured.GATEWAYS -> inventory.gateways();
            case Configured.PROBES -> inventory.probes(before.getFirst());
            case Configured.SOURCES -> inventory.sources(before.getFirst());
            case Listed listed ->
                    switch (label.name()) {
                        case "phase" -> COLD;
                        case "connection" -> connections(before);
                        case "reason" ->
                                metric == Metric.INTAKE_UNUSED
                                        ? listed.values()
                                        : List.of(listed.values().getFirst());
                        default -> listed.values();
                    };
            case Open _ ->
                    switch (label.name()) {
                        case "method" -> List.of("card", "sepa_debit");
                        case "currency" -> List.of("EUR", "USD");
                        default -> List.of("authorise");
                    };
        };
    }

    private static List<String> connections(List<String> before) {
        boolean keeps = KEEPING.contains(before.getFirst()) && before.get(1).equals("card");
        return keeps && WARM.contains(before.getLast()) ? List.of("cold", "warm") : List.of("cold");
    }

    private List<String> lines(MetricSnapshot committed) {
        byte[] text = exposition.write(ExpositionFormat.TEXT, committed, WORKING);
        List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
        return lines;
    }

    private static long samples(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("#")).count();
    }

    private static long sum(List<String> lines, String name) {
        return byName(lines).entrySet().stream()
                .filter(series ->
                        series.getKey().equals(name) || series.getKey().startsWith(name + "{"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static long total(Map<Series, Long> values, Metric metric) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().metric() == metric)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Long> byName(List<String> lines) {
        Map<String, Long> values = new TreeMap<>();
        for (String line : lines) {
            if (!line.startsWith("#") && !line.contains("_sum{")) {
                int end = line.lastIndexOf(' ');
                values.put(line.substring(0, end), (long) Double.parseDouble(line.substring(end)));
            }
        }
        return values;
    }
}
