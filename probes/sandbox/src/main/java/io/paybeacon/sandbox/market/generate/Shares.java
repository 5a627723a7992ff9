package io.paybeacon.sandbox.market.generate;

import java.util.List;
import java.util.SplittableRandom;

/** A choice among values with whole-number weights. Immutable. */
final class Shares<T> {
    private final List<T> values;
    private final int[] weights;
    private final int total;

    private Shares(List<T> values, int[] weights) {
        this.values = values;
        this.weights = weights;
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        this.total = sum;
    }

    /** As many weights as values; at least one weight above zero. */
    static <T> Shares<T> of(List<T> values, int... weights) {
        if (values.size() != weights.length) {
            throw new IllegalArgumentException("one weight a value");
        }
        return new Shares<>(List.copyOf(values), weights.clone());
    }

    T draw(SplittableRandom random) {
        int left = random.nextInt(total);
        int index = 0;
        while (left >= weights[index]) {
            left -= weights[index];
            index++;
        }
        return values.get(index);
    }
}
