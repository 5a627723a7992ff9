package io.paybeacon.sandbox.fault;

import java.time.Duration;

/**
 * A fault that comes in bursts.
 *
 * @param every from the beginning of one burst to that of the next
 * @param lasting how long a burst is, less than {@code every}
 */
public record Burst(Duration every, Duration lasting) {
    /** Whether there is a burst that long after the beginning of the first. */
    boolean coversAge(Duration age) {
        return age.toMillis() % every.toMillis() < lasting.toMillis();
    }
}
