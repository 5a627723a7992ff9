package io.paybeacon.telemetry;

import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One series at one moment. */
sealed interface Point {
    /** The metric. */
    MetricDeclaration metric();

    /** The values of the metric's labels, in their order. */
    List<String> labels();

    /** The same under other label values. */
    Point relabelled(List<String> labels);

    /** The sum with another of the same metric. */
    Point plus(Point other);

    /** A counter, a gauge or an info. */
    record Value(MetricDeclaration metric, List<String> labels, long value) implements Point {
        @Override
        public Value relabelled(List<String> others) {
            return new Value(metric, others, value);
        }

        @Override
        public Point plus(Point other) {
            return switch (other) {
                case Value more -> new Value(metric, labels, value + more.value);
                case Distribution _ -> throw new IllegalArgumentException("not a value: " + other);
            };
        }
    }

    /** A histogram. */
    record Distribution(MetricDeclaration metric, List<String> labels, Histogram histogram)
            implements Point {
        @Override
        public Distribution relabelled(List<String> others) {
            return new Distribution(metric, others, histogram);
        }

        @Override
        public Point plus(Point other) {
            return switch (other) {
                case Value _ -> throw new IllegalArgumentException("not a histogram: " + other);
                case Distribution more ->
                        new Distribution(metric, labels, sum(histogram, more.histogram));
            };
        }

        private static Histogram sum(Histogram one, Histogram other) {
            List<Long> counts = new ArrayList<>(one.counts());
            for (int i = 0; i < counts.size(); i++) {
                counts.set(i, counts.get(i) + other.counts().get(i));
            }
            Map<Integer, Exemplar> exemplars = new HashMap<>(one.exemplars());
            other.exemplars()
                    .forEach((bucket, exemplar) ->
                            exemplars.merge(
                                    bucket, exemplar, (a, b) -> a.at().isBefore(b.at()) ? b : a));
            return new Histogram(counts, one.sum() + other.sum(), exemplars);
        }
    }

    /** A series that nothing happened to. */
    static Point zero(MetricDeclaration metric, List<String> labels) {
        return switch (metric.type()) {
            case COUNTER, GAUGE, INFO -> new Value(metric, labels, 0);
            case HISTOGRAM ->
                    new Distribution(
                            metric,
                            labels,
                            new Histogram(
                                    Collections.nCopies(metric.buckets().size() + 1, 0L),
                                    0,
                                    Map.of()));
        };
    }
}
