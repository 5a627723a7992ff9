package io.paybeacon.testkit.contract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What differs between two maps or views, in words: a failed test shows nothing else. */
final class Differences {
    private static final int SHOWN_MAX = 8;

    private Differences() {}

    /** What differs in the whole. */
    static List<String> of(View actual, View expected) {
        List<String> all = new ArrayList<>();
        all.addAll(of(actual.states(), expected.states()));
        all.addAll(of(actual.values(), expected.values()));
        all.addAll(of(actual.histograms(), expected.histograms()));
        all.addAll(of(actual.findings(), expected.findings()));
        return all;
    }

    /** What differs, entry by entry; the first few. */
    static List<String> of(Map<?, ?> actual, Map<?, ?> expected) {
        Set<Object> keys = new LinkedHashSet<>(expected.keySet());
        keys.addAll(actual.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(actual.get(key), expected.get(key)))
                .limit(SHOWN_MAX)
                .map(key ->
                        "%s%n  is       %s%n  expected %s"
                                .formatted(key, actual.get(key), expected.get(key)))
                .toList();
    }
}
