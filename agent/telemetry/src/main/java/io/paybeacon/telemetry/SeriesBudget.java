package io.paybeacon.telemetry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which series are exposed, so that no input can make the exposition grow without end.
 *
 * <p>First come, first served, and for good: a series that was exposed once stays, because one that
 * comes and goes would look like a counter that was reset. Not safe for use by many threads.
 */
final class SeriesBudget {
    private final Set<Series> admitted = new HashSet<>();
    private final Map<MetricDeclaration, Integer> samplesByMetric = new HashMap<>();
    private int samples;

    private record Series(MetricDeclaration metric, List<String> labels) {}

    /** Whether the series is exposed. */
    boolean admit(MetricDeclaration metric, List<String> labels) {
        Series series = new Series(metric, labels);
        return admitted.contains(series)
                || (samplesWith(metric) <= Limits.SAMPLES_MAX - Limits.SAMPLES_RESERVED_FOR_OVERFLOW
                        && samplesOfMetricWith(metric) <= Limits.SAMPLES_PER_METRIC_MAX
                        && add(series));
    }

    /** Whether the series that stands for those beyond the budget is exposed. */
    boolean admitOverflow(MetricDeclaration metric, List<String> labels) {
        Series series = new Series(metric, labels);
        return admitted.contains(series)
                || (samplesWith(metric) <= Limits.SAMPLES_MAX && add(series));
    }

    private int samplesWith(MetricDeclaration metric) {
        return samples + metric.samples();
    }

    private int samplesOfMetricWith(MetricDeclaration metric) {
        return samplesByMetric.getOrDefault(metric, 0) + metric.samples();
    }

    private boolean add(Series series) {
        samplesByMetric.put(series.metric(), samplesOfMetricWith(series.metric()));
        samples = samplesWith(series.metric());
        return admitted.add(series);
    }
}
