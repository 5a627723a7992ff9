package io.paybeacon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.output.Metric;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetricCatalogTest {
    private final MetricCatalog catalog = new MetricCatalog();

    @ParameterizedTest
    @EnumSource
    void everyMetricOfStages_isDeclared_withItsLabelsAndBuckets(Metric metric) {
        MetricDeclaration declaration = catalog.of(metric);

        assertThat(declaration.labelNames()).isEqualTo(metric.labels());
        assertThat(declaration.buckets()).isEqualTo(metric.buckets());
        assertThat(declaration.type().name()).isEqualTo(metric.kind().name());
    }

    @Test
    void all_holdsEachMetricOnce() {
        assertThat(catalog.all())
                .hasSize(Metric.values().length + ProcessMetric.values().length)
                .extracting(MetricDeclaration::name)
                .doesNotHaveDuplicates();
    }

    static Stream<MetricDeclaration> all() {
        return new MetricCatalog().all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void names_followTheConventionsOfBothWorlds(MetricDeclaration metric) {
        assertThat(metric.otelName())
                .matches("paybeacon(\\.[a-z][a-z_]*)+")
                .doesNotContain("total", "second");
        assertThat(metric.name()).matches("paybeacon(_[a-z]+)+");
        assertThat(metric.name().endsWith("_total")).isEqualTo(metric.type() == MetricType.COUNTER);
        assertThat(metric.unit()).matches("s|1|\\{[a-z_]+}");
        assertThat(metric.help()).endsWith(".").doesNotContain("\n", ". ");
    }

    @ParameterizedTest
    @MethodSource("all")
    void labels_ofAProbeOrSource_nameItsGatewayFirst(MetricDeclaration metric) {
        if (metric.labels().contains(Label.PROBE) || metric.labels().contains(Label.SOURCE)) {
            assertThat(metric.labels().getFirst()).isEqualTo(Label.GATEWAY);
        }
    }

    @Test
    void names_areThoseThatDashboardsAndRulesUse() {
        assertThat(
                        List.of(
                                catalog.of(Metric.PAYMENT_CAPTURED).name(),
                                catalog.of(Metric.PAYMENT_DURATION).name(),
                                catalog.of(Metric.PROBE_LAST_SUCCESS).name(),
                                catalog.of(Metric.PAYMENTS).name(),
                                ProcessMetric.INGEST_REQUESTS.declaration().name(),
                                ProcessMetric.AGENT_INFO.declaration().name()))
                .containsExactly(
                        "paybeacon_payment_captured_minor_units_total",
                        "paybeacon_payment_duration_seconds",
                        "paybeacon_probe_last_success_timestamp_seconds",
                        "paybeacon_payments",
                        "paybeacon_ingest_requests_total",
                        "paybeacon_agent_info");
    }
}
