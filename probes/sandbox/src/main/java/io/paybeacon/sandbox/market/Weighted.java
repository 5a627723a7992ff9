package io.paybeacon.sandbox.market;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A choice of texts with whole-number weights. */
record Weighted(List<Choice> choices, int total) {
    record Choice(String value, int weight) {}

    Weighted {
        choices = List.copyOf(choices);
    }

    static Weighted none() {
        return new Weighted(List.of(), 0);
    }

    /** The same with one more choice. */
    Weighted or(String value, int weight) {
        List<Choice> more =
                Stream.concat(choices.stream(), Stream.of(new Choice(value, weight))).toList();
        return new Weighted(more, total + weight);
    }

    /** The choices whose values are among those. */
    Weighted only(Set<String> values) {
        List<Choice> kept = choices.stream().filter(c -> values.contains(c.value())).toList();
        return new Weighted(kept, kept.stream().mapToInt(Choice::weight).sum());
    }

    String draw(SplittableRandom random) {
        int left = random.nextInt(total);
        int index = 0;
        while (left >= choices.get(index).weight()) {
            left -= choices.get(index).weight();
            index++;
        }
        return choices.get(index).value();
    }
}
