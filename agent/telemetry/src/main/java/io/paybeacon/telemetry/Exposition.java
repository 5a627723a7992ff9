package io.paybeacon.telemetry;

import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.telemetry.SeriesBudget.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

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
    private final Supplier<Inventory> inventories;
    private final ProcessMetrics process;
    private final SeriesBudget budget = new SeriesBudget();
    // The series of what was configured once and is not any more.
    private final Set<Series> retired = new HashSet<>();
    // Those that are counted under others for good: what took them out again would shrink a
    // counter.
    private final Set<Series> folded = new HashSet<>();
    private Inventory inventory;

    /**
     * An exposition that has shown nothing yet.
     *
     * @param inventory gives what is configured at the moment. When that changes, the series of
     *     what is gone are shown no longer, and all others go on
     * @param process the process's own counts, shown beside those of the engine
     */
    public Exposition(
            MetricCatalog catalog, Supplier<Inventory> inventory, ProcessMetrics process) {
        this.catalog = catalog;
        this.inventories = inventory;
        this.inventory = inventory.get();
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
        follow(inventories.get());
        Map<Series, Point> exposed = new LinkedHashMap<>();
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

    private void follow(Inventory current) {
        if (current.equals(inventory)) {
            return;
        }
        inventory = current;
        retired.removeIf(series -> current.covers(series.metric(), series.labels()));
        retired.addAll(budget.retain(series -> current.covers(series.metric(), series.labels())));
    }

    private void expect(Map<Series, Point> exposed, MetricDeclaration metric) {
        if (!metric.initialised()) {
            return;
        }
        for (List<String> labels : inventory.known(metric)) {
            Series series = new Series(metric, labels);
            if (budget.admitKnown(series)) {
                exposed.putIfAbsent(series, Point.zero(metric, labels));
            }
        }
    }

    /**
     * Shows the point under its own labels, or not at all when it is of what is not configured any
     * more; else folded or not at all, and returns false.
     */
    private boolean expose(Map<Series, Point> exposed, Point point) {
        MetricDeclaration metric = point.metric();
        List<String> labels = point.labels().stream().map(LabelValue::of).toList();
        Series own = new Series(metric, labels);
        if (retired.contains(own)) {
            return true;
        }
        List<String> others = inventory.folded(metric, labels);
        boolean known = others.equals(labels);
        if (known ? budget.admitKnown(own) : !folded.contains(own) && budget.admitForeign(own)) {
            add(exposed, point.relabelled(labels));
            return true;
        }
        if (metric.additive() && budget.admitOverflow(new Series(metric, others))) {
            folded.add(own);
            add(exposed, point.relabelled(others));
        }
        return false;
    }

    // Two values from outside may become the same label value, and then count together.
    private static void add(Map<Series, Point> exposed, Point point) {
        exposed.merge(new Series(point.metric(), point.labels()), point, Point::plus);
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
}
