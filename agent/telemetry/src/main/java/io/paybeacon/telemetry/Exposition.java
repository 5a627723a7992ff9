package io.paybeacon.telemetry;

import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns committed metrics into what Prometheus reads. Safe for use by many threads.
 *
 * <p>Every series that the configuration makes known exists from the start, at zero, so that a rate
 * sees the first failure. The number of samples is limited: see {@link SeriesBudget}.
 */
public final class Exposition {
    private static final Comparator<Point> ORDER =
            Comparator.<Point, String>comparing(point -> point.metric().name())
                    .thenComparing(Point::labels, Exposition::compareLabels);

    private final MetricCatalog catalog;
    private final Inventory inventory;
    private final ProcessMetrics process;
    private final SeriesBudget budget = new SeriesBudget();

    /**
     * An exposition that has shown nothing yet.
     *
     * @param process the process's own counts, shown beside those of the engine
     */
    public Exposition(MetricCatalog catalog, Inventory inventory, ProcessMetrics process) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.process = process;
    }

    /**
     * The text of a scrape.
     *
     * @param committed what the engine has committed
     * @param status what the engine says of itself
     */
    public byte[] write(ExpositionFormat format, MetricSnapshot committed, EngineStatus status) {
        return format.write(Snapshots.of(catalog.all(), points(committed, status)));
    }

    /** The exposed series; each once. */
    synchronized Collection<Point> points(MetricSnapshot committed, EngineStatus status) {
        Map<Key, Point> exposed = new LinkedHashMap<>();
        for (ProcessMetric metric : ProcessMetric.values()) {
            expect(exposed, metric.declaration());
        }
        for (MetricDeclaration metric : catalog.all()) {
            expect(exposed, metric);
        }
        List<Point> points = new ArrayList<>(process.points(status));
        committed
                .values()
                .forEach((series, value) ->
                        points.add(
                                new Point.Value(
                                        catalog.of(series.metric()), series.labels(), value)));
        committed
                .histograms()
                .forEach((series, histogram) ->
                        points.add(
                                new Point.Distribution(
                                        catalog.of(series.metric()), series.labels(), histogram)));
        // In order, so that of those that come at once the same ones are admitted every time.
        points.sort(ORDER);
        long overBudget = 0;
        for (Point point : points) {
            if (!expose(exposed, point)) {
                overBudget++;
            }
        }
        MetricDeclaration over = ProcessMetric.SERIES_OVER_BUDGET.declaration();
        add(exposed, new Point.Value(over, List.of(), overBudget));
        return exposed.values();
    }

    private void expect(Map<Key, Point> exposed, MetricDeclaration metric) {
        if (!metric.initialised()) {
            return;
        }
        for (List<String> labels : inventory.known(metric)) {
            if (budget.admit(metric, labels)) {
                exposed.putIfAbsent(new Key(metric, labels), Point.zero(metric, labels));
            }
        }
    }

    /** Shows the point under its own labels; else folded or not at all, and returns false. */
    private boolean expose(Map<Key, Point> exposed, Point point) {
        MetricDeclaration metric = point.metric();
        List<String> labels = point.labels().stream().map(LabelValue::of).toList();
        if (budget.admit(metric, labels)) {
            add(exposed, point.relabelled(labels));
            return true;
        }
        if (metric.additive()) {
            List<String> folded = inventory.folded(metric, labels);
            if (budget.admitOverflow(metric, folded)) {
                add(exposed, point.relabelled(folded));
            }
        }
        return false;
    }

    // Two values from outside may become the same label value, and then count together.
    private static void add(Map<Key, Point> exposed, Point point) {
        exposed.merge(new Key(point.metric(), point.labels()), point, Point::plus);
    }

    private static int compareLabels(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private record Key(MetricDeclaration metric, List<String> labels) {}
}
