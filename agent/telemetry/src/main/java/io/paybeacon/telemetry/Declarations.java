package io.paybeacon.telemetry;

import io.paybeacon.core.output.Metric;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The metrics of stages as they are declared, one after the other. */
final class Declarations {
    /** What is kept in nanoseconds, or in parts per million. */
    private static final Map<Metric, Integer> DECIMALS =
            Map.of(Metric.SOURCE_LATENCY, 9, Metric.SOURCE_ERROR_RATIO, 6);

    private final Map<Metric, MetricDeclaration> declarations = new EnumMap<>(Metric.class);

    /** The declaration of a metric. */
    MetricDeclaration of(Metric metric) {
        MetricDeclaration declaration = declarations.get(metric);
        if (declaration == null) {
            throw new IllegalStateException(metric + " is not in the catalogue");
        }
        return declaration;
    }

    /** A metric whose series exist from the start, as far as its labels are known. */
    void declare(Metric metric, String name, String unit, String help, Label... labels) {
        put(metric, name, unit, help, List.of(labels), true);
    }

    /** A metric whose series appear on first use. */
    void onFirstUse(Metric metric, String name, String unit, String help, List<Label> labels) {
        put(metric, name, unit, help, labels, false);
    }

    private void put(
            Metric metric,
            String name,
            String unit,
            String help,
            List<Label> labels,
            boolean initialised) {
        MetricDeclaration declaration =
                new MetricDeclaration(
                        "paybeacon." + name,
                        switch (metric.kind()) {
                            case COUNTER -> MetricType.COUNTER;
                            case GAUGE -> MetricType.GAUGE;
                            case HISTOGRAM -> MetricType.HISTOGRAM;
                        },
                        unit,
                        help,
                        labels,
                        initialised,
                        metric.buckets(),
                        DECIMALS.getOrDefault(metric, 0));
        if (!declaration.labelNames().equals(metric.labels())) {
            throw new IllegalStateException(metric + " is declared with other labels");
        }
        declarations.put(metric, declaration);
    }

    static <E> List<String> labels(E[] constants, Function<E, String> label) {
        return Arrays.stream(constants).map(label).toList();
    }
}
