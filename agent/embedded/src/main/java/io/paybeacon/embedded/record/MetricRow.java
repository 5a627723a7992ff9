package io.paybeacon.embedded.record;

import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import java.util.List;

/**
 * Where a metric series stands.
 *
 * @param value a counter, a gauge, or the sum of a histogram
 * @param counts a histogram's values by bucket; empty for the others
 */
public record MetricRow(Series series, long value, List<Long> counts) {
    public MetricRow {
        counts = List.copyOf(counts);
    }

    /** How many counts a row of the metric has: one a bucket, and one above every bound. */
    public static int countsOf(Metric metric) {
        return metric.kind() == Metric.Kind.HISTOGRAM ? metric.buckets().size() + 1 : 0;
    }
}
