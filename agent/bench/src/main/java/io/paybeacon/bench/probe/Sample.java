package io.paybeacon.bench.probe;

import java.util.Arrays;
import java.util.Collection;

/** Measured numbers of one kind, of which at least one exists. Immutable. */
final class Sample {
    private final double[] sorted;

    private Sample(double[] sorted) {
        this.sorted = sorted;
    }

    /** A sample of these numbers. */
    static Sample of(Collection<? extends Number> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a sample without a number");
        }
        double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        return new Sample(sorted);
    }

    /** How many numbers there are. */
    int count() {
        return sorted.length;
    }

    /** The smallest number that is not below a share of all, from 0 to 1: the nearest rank. */
    double quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of " + share);
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }

    /** The number in the middle; between the two in the middle when there are two. */
    double median() {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
