package io.paybeacon.core.engine;

import io.paybeacon.core.output.Series;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The committed metrics of one moment.
 *
 * @param values counters and gauges
 * @param histograms histograms
 */
public record MetricSnapshot(Map<Series, Long> values, Map<Series, Histogram> histograms) {
    public MetricSnapshot {
        values = Map.copyOf(values);
        histograms = Map.copyOf(histograms);
    }

    /** No metrics yet. */
    public static final MetricSnapshot EMPTY = new MetricSnapshot(Map.of(), Map.of());

    /**
     * One series of a histogram.
     *
     * @param counts values at or below each bound of the metric and above the one before; the last
     *     entry is those above every bound
     * @param sum of all values, in the metric's stored unit
     * @param exemplars the latest sample with a trace of a bucket, by its index in {@code counts}
     */
    public record Histogram(List<Long> counts, long sum, Map<Integer, Exemplar> exemplars) {
        public Histogram {
            counts = List.copyOf(counts);
            exemplars = Map.copyOf(exemplars);
        }
    }

    /**
     * A sample that can be looked at.
     *
     * @param at when it was accepted, by the agent's clock
     */
    public record Exemplar(long value, String traceId, Instant at) {}
}
