package io.paybeacon.embedded;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import io.paybeacon.embedded.record.MetricRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Committed metrics. The committing thread publishes; anybody takes a snapshot. */
final class MetricTable {
    private final Map<Series, MetricRow> rows = new HashMap<>();
    private final Map<Series, Map<Integer, Exemplar>> exemplars = new HashMap<>();
    // Changed since the last turn. Of the committing thread alone.
    private Map<Series, MetricRow> changed = new LinkedHashMap<>();

    /** The rows as read from the cold store: not changed. */
    MetricTable(List<MetricRow> stored) {
        stored.forEach(row -> rows.put(row.series(), row));
    }

    /**
     * Makes durable rows visible, and the latest samples with a trace, which are kept in memory.
     */
    void publish(List<MetricRow> latest, Map<Series, Map<Integer, Exemplar>> samples) {
        synchronized (rows) {
            for (MetricRow row : latest) {
                rows.put(row.series(), row);
                changed.put(row.series(), row);
            }
            samples.forEach((series, byBucket) ->
                    exemplars.computeIfAbsent(series, _ -> new HashMap<>()).putAll(byBucket));
        }
    }

    /** The rows that changed since the last turn. */
    List<MetricRow> turn() {
        List<MetricRow> rowsChanged = List.copyOf(changed.values());
        changed = new LinkedHashMap<>();
        return rowsChanged;
    }

    /** All rows. */
    List<MetricRow> all() {
        synchronized (rows) {
            return new ArrayList<>(rows.values());
        }
    }

    MetricSnapshot snapshot() {
        Map<Series, Long> values = new HashMap<>();
        Map<Series, Histogram> histograms = new HashMap<>();
        synchronized (rows) {
            for (MetricRow row : rows.values()) {
                Series series = row.series();
                if (series.metric().kind() == Metric.Kind.HISTOGRAM) {
                    Map<Integer, Exemplar> samples = exemplars.getOrDefault(series, Map.of());
                    histograms.put(series, new Histogram(row.counts(), row.value(), samples));
                } else {
                    values.put(series, row.value());
                }
            }
        }
        return new MetricSnapshot(values, histograms);
    }
}
