package io.paybeacon.probe;

import java.util.Set;

/**
 * What applying a {@link ProbeSet} changed: names of probes, each in one of the sets.
 *
 * @param added they were not there before
 * @param removed they are not there any more; a run under way ends and cleans up in peace
 * @param changed something about them is other than before; they keep their due times unless it is
 *     the interval
 * @param untouched nothing about them has changed, and they took no notice
 */
public record Applied(
        Set<String> added, Set<String> removed, Set<String> changed, Set<String> untouched) {

    public Applied {
        added = Set.copyOf(added);
        removed = Set.copyOf(removed);
        changed = Set.copyOf(changed);
        untouched = Set.copyOf(untouched);
    }
}
