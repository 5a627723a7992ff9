package io.paybeacon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's own linter reads the exposition of every metric. */
class PromtoolTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    @TempDir private Path directory;

    @BeforeEach
    void needsPromtool() {
        if (!Files.isExecutable(PROMTOOL)) {
            String remedy = PROMTOOL + " is missing: install the Debian package prometheus";
            if ("true".equals(System.getenv("CI"))) {
                fail(remedy);
            }
            assumeTrue(false, remedy);
        }
    }

    @Test
    void promtool_findsNothingToComplainOf_withEveryMetricInUse() throws Exception {
        Exposition exposition = exposition();

        byte[] text = exposition.write(ExpositionFormat.TEXT, everyMetric(), status());

        for (MetricDeclaration metric : new MetricCatalog().all()) {
            assertThat(new String(text, StandardCharsets.UTF_8))
                    .containsOnlyOnce("# HELP " + metric.name() + " ");
        }
        assertThat(check(text)).isEqualTo(new Verdict(0, ""));
    }

    @Test
    void promtool_complains_whenANameBreaksTheRules() throws Exception {
        byte[] broken = "# TYPE fooMillis counter\nfooMillis 1\n".getBytes(StandardCharsets.UTF_8);

        assertThat(check(broken).exit()).isNotZero();
    }

    private record Verdict(int exit, String complaints) {}

    private Verdict check(byte[] text) throws IOException, InterruptedException {
        Path in = Files.write(directory.resolve("metrics.txt"), text);
        Path out = directory.resolve("complaints.txt");
        Process process =
                new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                        .redirectInput(in.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("promtool ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Verdict(process.exitValue(), Files.readString(out));
    }

    private static EngineStatus status() {
        return new EngineStatus(null, 1, 0, 0);
    }

    private static Exposition exposition() {
        Inventory inventory = new Inventory(Map.of("stripe_eu", List.of("card")));
        ProcessMetrics process = new ProcessMetrics("0.1.0", Instant.EPOCH, () -> inventory);
        process.ingested("stripe_eu", IngestResult.ACCEPTED, 1_000_000);
        return new Exposition(new MetricCatalog(), () -> inventory, process);
    }

    private static MetricSnapshot everyMetric() {
        Map<Series, Long> values = new HashMap<>();
        Map<Series, Histogram> histograms = new HashMap<>();
        for (Metric metric : Metric.values()) {
            Series series = new Series(metric, Collections.nCopies(metric.labels().size(), "x"));
            if (metric.kind() == Metric.Kind.HISTOGRAM) {
                histograms.put(series, ExpositionTest.histogram(metric, 3, 5_000_000_000L));
            } else {
                values.put(series, 1L);
            }
        }
        return new MetricSnapshot(values, histograms);
    }
}
