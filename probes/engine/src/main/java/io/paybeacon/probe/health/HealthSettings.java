package io.paybeacon.probe.health;

import java.time.Duration;
import java.util.List;

/**
 * How the agent watches itself.
 *
 * @param canaries independent targets; without any, nothing is inferred about the network
 * @param canaryInterval time between two rounds of canaries
 * @param canaryTimeout time in which a canary must answer
 * @param pauseMin how long the process must have stood still
 * @param loopLagMin how long an event loop must have been late
 * @param clockJumpMin how far the wall clock must have leapt
 * @param recovery quiet time after which pause and event loop are well again
 * @param clockSettle time after a leap in which the wall clock is not trusted
 */
public record HealthSettings(
        List<Canary> canaries,
        Duration canaryInterval,
        Duration canaryTimeout,
        Duration pauseMin,
        Duration loopLagMin,
        Duration clockJumpMin,
        Duration recovery,
        Duration clockSettle) {

    /** Canaries of an agent. */
    public static final int CANARIES_MAX = 16;

    /** Longest of each duration. */
    public static final Duration DURATION_MAX = Duration.ofDays(1);

    /** The settings of an agent whose configuration gives none: no canaries. */
    public static final HealthSettings DEFAULT =
            new HealthSettings(
                    List.of(),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(2));

    public HealthSettings {
        canaries = List.copyOf(canaries);
        if (canaries.size() > CANARIES_MAX) {
            throw new IllegalArgumentException(
                    "%d canaries; give at most %d".formatted(canaries.size(), CANARIES_MAX));
        }
        check("canaryInterval", canaryInterval);
        check("canaryTimeout", canaryTimeout);
        check("pauseMin", pauseMin);
        check("loopLagMin", loopLagMin);
        check("clockJumpMin", clockJumpMin);
        check("recovery", recovery);
        check("clockSettle", clockSettle);
    }

    private static void check(String name, Duration duration) {
        if (!duration.isPositive() || duration.compareTo(DURATION_MAX) > 0) {
            throw new IllegalArgumentException(
                    "%s is %s; give more than 0 and at most 24 h".formatted(name, duration));
        }
    }

    /** The same with other canaries. */
    public HealthSettings withCanaries(List<Canary> others) {
        return new HealthSettings(
                others,
                canaryInterval,
                canaryTimeout,
                pauseMin,
                loopLagMin,
                clockJumpMin,
                recovery,
                clockSettle);
    }

    /** The same with other thresholds of pause and event-loop lag. */
    public HealthSettings withThresholds(Duration otherPauseMin, Duration otherLoopLagMin) {
        return new HealthSettings(
                canaries,
                canaryInterval,
                canaryTimeout,
                otherPauseMin,
                otherLoopLagMin,
                clockJumpMin,
                recovery,
                clockSettle);
    }
}
