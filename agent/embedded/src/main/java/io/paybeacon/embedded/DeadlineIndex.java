package io.paybeacon.embedded;

import io.paybeacon.embedded.record.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Every deadline, by time. Used by one thread. */
final class DeadlineIndex {
    private final TreeSet<Due> dues = new TreeSet<>();

    /**
     * One deadline.
     *
     * @param millis when it is due, in milliseconds since the epoch by the agent's clock
     */
    record Due(long millis, int stage, String key) implements Comparable<Due> {
        private static final Comparator<Due> ORDER =
                Comparator.comparingLong(Due::millis)
                        .thenComparingInt(Due::stage)
                        .thenComparing(Due::key);

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }

    /** The key's deadline moves; both times may be {@link Entry#NO_DEADLINE}. */
    void move(int stage, String key, long fromMillis, long toMillis) {
        if (fromMillis != toMillis) {
            if (fromMillis != Entry.NO_DEADLINE) {
                dues.remove(new Due(fromMillis, stage, key));
            }
            if (toMillis != Entry.NO_DEADLINE) {
                dues.add(new Due(toMillis, stage, key));
            }
        }
    }

    /** Those up to and at a time, in order of time, stage and key. */
    List<Due> until(long millis) {
        return millis == Long.MAX_VALUE
                ? new ArrayList<>(dues)
                : new ArrayList<>(dues.headSet(new Due(millis + 1, 0, ""), false));
    }
}
