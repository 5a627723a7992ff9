package io.paybeacon.telemetry;

import java.util.List;

/**
 * A metric as the world sees it.
 *
 * @param otelName the OpenTelemetry name: dotted, without unit and without {@code _total}
 * @param type how it behaves
 * @param unit a UCUM unit as OpenTelemetry writes it: {@code s}, {@code 1} of a ratio, or a noun
 *     such as {@code {payment}}
 * @param help one sentence for people
 * @param labels in the order of the values of a series
 * @param initialised whether the series of all known label values exist, at zero, from the start
 * @param buckets the upper bounds of a histogram in nanoseconds, ascending, without infinity; else
 *     empty
 * @param decimals how many of the digits of a counter's or gauge's whole number are behind the
 *     point: 9 when it counts nanoseconds, 6 when it counts parts per million, else 0
 */
public record MetricDeclaration(
        String otelName,
        MetricType type,
        String unit,
        String help,
        List<Label> labels,
        boolean initialised,
        List<Long> buckets,
        int decimals) {
    /** The unit of durations and of moments since 1970-01-01T00:00:00Z. */
    static final String SECONDS = "s";

    /** The unit of ratios from 0 to 1. */
    static final String RATIO = "1";

    public MetricDeclaration {
        labels = List.copyOf(labels);
        buckets = List.copyOf(buckets);
        if (type == MetricType.HISTOGRAM && !unit.equals(SECONDS)) {
            throw new IllegalArgumentException(otelName + ": histograms measure durations");
        }
    }

    /**
     * The Prometheus name, made from the OpenTelemetry name and unit as OpenTelemetry itself
     * makes it (opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics), so that
     * both ways of export give one name.
     */
    public String name() {
        return otelName.replace('.', '_')
                + (unit.equals(SECONDS) ? "_seconds" : "")
                + (unit.equals(RATIO) ? "_ratio" : "")
                + (type == MetricType.COUNTER ? "_total" : "");
    }

    /** The names of its labels, in order. */
    public List<String> labelNames() {
        return labels.stream().map(Label::name).toList();
    }

    /** How many samples one of its series is exposed as. */
    int samples() {
        // The bucket of infinity, the sum and the count come on top of the declared bounds.
        return type == MetricType.HISTOGRAM ? buckets.size() + 3 : 1;
    }

    /**
     * Whether series may be added up into one: what gauges say of one thing is not true of several.
     */
    boolean additive() {
        return type == MetricType.COUNTER || type == MetricType.HISTOGRAM;
    }
}
