package io.paybeacon.embedded.store;

import java.util.Comparator;

/**
 * When the deadline of a key is, or once was, due.
 *
 * @param millis in milliseconds since the epoch by the agent's clock
 * @param stage the position of the stage in the pipeline
 */
public record Due(long millis, int stage, String key) implements Comparable<Due> {
    private static final Comparator<Due> ORDER =
            Comparator.comparingLong(Due::millis)
                    .thenComparingInt(Due::stage)
                    .thenComparing(Due::key);

    @Override
    public int compareTo(Due other) {
        return ORDER.compare(this, other);
    }
}
