package io.paybeacon.core.output;

import java.util.List;

/**
 * One series of a metric.
 *
 * @param labels the values of {@link Metric#labels()}, in that order; every value is bounded
 */
public record Series(Metric metric, List<String> labels) {
    public Series {
        labels = List.copyOf(labels);
        if (labels.size() != metric.labels().size()) {
            throw new IllegalArgumentException(
                    metric + " takes labels " + metric.labels() + ", not " + labels);
        }
    }

    /** The series of a metric with these label values. */
    public static Series of(Metric metric, String... labels) {
        return new Series(metric, List.of(labels));
    }
}
