package io.paybeacon.server.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What became of the named things of one kind, each name in one of the lists, in order.
 *
 * @param added they were not there before
 * @param removed they are not there any more
 * @param changed something about them is other than before
 * @param untouched nothing about them is other than before
 */
public record Changes(
        List<String> added, List<String> removed, List<String> changed, List<String> untouched) {
    public Changes {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        untouched = List.copyOf(untouched);
    }

    /** Whether nothing is other than before. */
    public boolean none() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    /** Compares two lists of things with names. */
    public static <T> Changes between(List<T> before, List<T> after, Function<T, String> name) {
        Map<String, T> old = new HashMap<>();
        before.forEach(thing -> old.put(name.apply(thing), thing));
        Map<String, T> now = new HashMap<>();
        after.forEach(thing -> now.put(name.apply(thing), thing));
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<String> added = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> untouched = new ArrayList<>();
        for (String one : names) {
            T then = old.get(one);
            T next = now.get(one);
            if (then == null) {
                added.add(one);
            } else if (next == null) {
                removed.add(one);
            } else {
                (then.equals(next) ? untouched : changed).add(one);
            }
        }
        return new Changes(added, removed, changed, untouched);
    }
}
