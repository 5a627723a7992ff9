package io.paybeacon.embedded.record;

import org.jspecify.annotations.Nullable;

/**
 * What a key of a stage holds.
 *
 * @param state a state of the stage; null when the key holds none
 * @param deadlineMillis when its deadline is due, in milliseconds since the epoch by the agent's
 *     clock, or {@link #NO_DEADLINE}
 */
public record Entry(@Nullable Object state, long deadlineMillis) {
    /** Later than any time. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** A key that holds nothing. */
    public static final Entry ABSENT = new Entry(null, NO_DEADLINE);
}
