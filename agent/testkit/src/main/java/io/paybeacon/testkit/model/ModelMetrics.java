package io.paybeacon.testkit.model;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output.Change;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.Level;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.output.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of a model engine. Not safe for use by several threads. */
final class ModelMetrics {
    private final Map<Series, Long> values = new HashMap<>();
    private final Map<Series, Histogram> histograms = new HashMap<>();

    /**
     * Checks a measurement.
     *
     * @throws IllegalArgumentException if its metric is of another kind
     */
    static void requireKind(Measurement measurement) {
        Metric.Kind kind =
                switch (measurement) {
                    case Count _ -> Metric.Kind.COUNTER;
                    case Change _, Level _ -> Metric.Kind.GAUGE;
                    case Observation _ -> Metric.Kind.HISTOGRAM;
                };
        Metric metric = measurement.series().metric();
        if (metric.kind() != kind) {
            throw new IllegalArgumentException(metric + " is no " + kind);
        }
    }

    /**
     * Takes a measurement in, which has to be of the metric's kind.
     *
     * @param at when what was measured was accepted
     */
    void measure(Measurement measurement, Instant at) {
        Series series = measurement.series();
        switch (measurement) {
            case Count(_, long by) -> values.merge(series, by, Math::addExact);
            case Change(_, long by) -> values.merge(series, by, Math::addExact);
            case Level(_, long value) -> values.put(series, value);
            case Observation observation ->
                    histograms.merge(series, one(observation, at), ModelMetrics::sum);
        }
    }

    /** A copy of what was measured so far. */
    MetricSnapshot snapshot() {
        return new MetricSnapshot(values, histograms);
    }

    private static Histogram one(Observation observation, Instant at) {
        List<Long> bounds = observation.series().metric().buckets();
        int bucket = 0;
        while (bucket < bounds.size() && observation.value() > bounds.get(bucket)) {
            bucket++;
        }
        List<Long> counts = new ArrayList<>(Collections.nCopies(bounds.size() + 1, 0L));
        counts.set(bucket, 1L);
        Map<Integer, Exemplar> exemplars =
                observation.traceId().isEmpty()
                        ? Map.of()
                        : Map.of(
                                bucket,
                                new Exemplar(observation.value(), observation.traceId(), at));
        return new Histogram(counts, observation.value(), exemplars);
    }

    private static Histogram sum(Histogram before, Histogram more) {
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < before.counts().size(); i++) {
            counts.add(before.counts().get(i) + more.counts().get(i));
        }
        Map<Integer, Exemplar> exemplars = new TreeMap<>(before.exemplars());
        more.exemplars().forEach((i, later) -> exemplars.merge(i, later, ModelMetrics::latest));
        return new Histogram(counts, Math.addExact(before.sum(), more.sum()), exemplars);
    }

    private static Exemplar latest(Exemplar first, Exemplar second) {
        return second.at().isBefore(first.at()) ? first : second;
    }
}
