package io.paybeacon.telemetry;

import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Series in the model of the Prometheus library. Its numbers are 64-bit floating point, as those of
 * Prometheus are: whole numbers stay exact up to 2^53.
 */
final class Snapshots {
    private static final double NANOS_PER_SECOND = 1e9;

    private Snapshots() {}

    /** The families of the metrics that have series, in the order of their names. */
    static MetricSnapshots of(List<MetricDeclaration> metrics, Collection<Point> points) {
        Map<MetricDeclaration, List<Point>> byMetric = new HashMap<>();
        for (Point point : points) {
            byMetric.computeIfAbsent(point.metric(), metric -> new ArrayList<>()).add(point);
        }
        List<MetricSnapshot> families = new ArrayList<>();
        for (MetricDeclaration metric : metrics) {
            List<Point> series = byMetric.get(metric);
            if (series != null) {
                families.add(family(metric, series));
            }
        }
        return new MetricSnapshots(families);
    }

    private static MetricSnapshot family(MetricDeclaration metric, List<Point> points) {
        return switch (metric.type()) {
            case COUNTER ->
                    new CounterSnapshot(
                            metadata(metric, "_total"),
                            points.stream()
                                    .map(point ->
                                            new CounterDataPointSnapshot(
                                                    value(point), labels(point), null, 0))
                                    .toList());
            case GAUGE ->
                    new GaugeSnapshot(
                            metadata(metric, ""),
                            points.stream()
                                    .map(point ->
                                            new GaugeDataPointSnapshot(
                                                    value(point), labels(point), null))
                                    .toList());
            case HISTOGRAM ->
                    new HistogramSnapshot(
                            metadata(metric, ""),
                            points.stream().map(Snapshots::histogram).toList());
            case INFO ->
                    new InfoSnapshot(
                            metadata(metric, "_info"),
                            points.stream()
                                    .map(point -> new InfoDataPointSnapshot(labels(point)))
                                    .toList());
        };
    }

    // The library adds the suffix of the type itself.
    private static MetricMetadata metadata(MetricDeclaration metric, String suffix) {
        String name = metric.name();
        String family = name.substring(0, name.length() - suffix.length());
        return switch (metric.unit()) {
            case MetricDeclaration.SECONDS ->
                    new MetricMetadata(family, metric.help(), Unit.SECONDS);
            case MetricDeclaration.RATIO -> new MetricMetadata(family, metric.help(), Unit.RATIO);
            default -> new MetricMetadata(family, metric.help());
        };
    }

    private static double value(Point point) {
        return switch (point) {
            case Point.Value value ->
                    BigDecimal.valueOf(value.value(), value.metric().decimals()).doubleValue();
            case Point.Distribution _ ->
                    throw new IllegalArgumentException("a histogram is no value: " + point);
        };
    }

    private static HistogramDataPointSnapshot histogram(Point point) {
        return switch (point) {
            case Point.Value _ ->
                    throw new IllegalArgumentException("a value is no histogram: " + point);
            case Point.Distribution series -> {
                Histogram histogram = series.histogram();
                List<Double> bounds = new ArrayList<>();
                series.metric().buckets().forEach(nanos -> bounds.add(seconds(nanos)));
                bounds.add(Double.POSITIVE_INFINITY);
                yield new HistogramDataPointSnapshot(
                        ClassicHistogramBuckets.of(bounds, histogram.counts()),
                        seconds(histogram.sum()),
                        labels(series),
                        exemplars(histogram),
                        0);
            }
        };
    }

    private static Exemplars exemplars(Histogram histogram) {
        return Exemplars.of(
                histogram.exemplars().values().stream()
                        .map(exemplar ->
                                new Exemplar(
                                        seconds(exemplar.value()),
                                        Labels.of(Exemplar.TRACE_ID, exemplar.traceId()),
                                        exemplar.at().toEpochMilli()))
                        .toList());
    }

    private static Labels labels(Point point) {
        return Labels.of(point.metric().labelNames(), point.labels());
    }

    private static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }
}
