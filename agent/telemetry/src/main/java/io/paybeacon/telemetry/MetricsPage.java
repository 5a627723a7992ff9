package io.paybeacon.telemetry;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the reference page of all metrics, {@code docs/metrics.md}, from the catalogue. */
public final class MetricsPage {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private MetricsPage() {}

    /**
     * Writes the page.
     *
     * @param arguments the file to write
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument, the file to write");
        }
        Files.writeString(Path.of(arguments[0]), text(new MetricCatalog()));
    }

    /** The page in Markdown. */
    static String text(MetricCatalog catalog) {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                # Metrics

                <!-- Generated from MetricCatalog by MetricsPage; edit the catalogue. -->

                The agent exposes these at `/metrics`. The OpenTelemetry name is the dotted twin;
                with its unit it becomes the Prometheus name. Durations are in seconds. Money is in
                minor units of its currency (ISO 4217) and must not be summed across currencies.

                Series of all configured gateways and probes exist at zero from the start, except
                where "on first use" is noted or a label takes values from outside. One agent
                exposes at most %d samples; what is beyond that is folded into the label value
                `other`, or left out, and counted by
                `%s`.
                """
                        .formatted(
                                Limits.SAMPLES_MAX,
                                ProcessMetric.SERIES_OVER_BUDGET.declaration().name()));
        for (MetricDeclaration metric : catalog.all()) {
            append(page, metric);
        }
        return page.toString();
    }

    private static void append(StringBuilder page, MetricDeclaration metric) {
        page.append("\n## `").append(metric.name()).append("`\n\n");
        page.append(metric.help()).append("\n\n");
        page.append("- Type: ").append(metric.type().name().toLowerCase(Locale.ROOT));
        if (!metric.initialised()) {
            page.append(", on first use");
        }
        page.append("\n- OpenTelemetry: `").append(metric.otelName());
        page.append("`, unit `").append(metric.unit()).append("`\n");
        for (Label label : metric.labels()) {
            page.append("- Label `").append(label.name()).append("`: ");
            page.append(values(label.values())).append('\n');
        }
        if (!metric.buckets().isEmpty()) {
            page.append("- Buckets (seconds): ");
            page.append(
                    metric.buckets().stream()
                            .map(MetricsPage::seconds)
                            .collect(Collectors.joining(", ")));
            page.append('\n');
        }
    }

    private static String values(Label.Values values) {
        return switch (values) {
            case Label.Listed listed -> quoted(listed.values()) + onFirstUse(listed);
            case Label.Open _ -> "from outside, within the budget";
            case Label.Configured configured ->
                    switch (configured) {
                        case GATEWAYS -> "the configured name of the gateway account";
                        case PROBES -> "the configured name of the probe";
                        case SOURCES -> "the configured name of the source";
                    };
        };
    }

    private static String onFirstUse(Label.Listed listed) {
        List<String> later = new ArrayList<>(listed.values());
        later.removeAll(listed.initial());
        return later.isEmpty() ? "" : "; on first use: " + quoted(later);
    }

    private static String quoted(List<String> values) {
        return values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos / NANOS_PER_MILLI, 3).stripTrailingZeros().toPlainString();
    }
}
