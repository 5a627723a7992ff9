package io.paybeacon.probe.health;

import java.util.Locale;

/** What the agent watches about itself. */
public enum HealthCheck {
    /** Some independent target can be reached. */
    EGRESS,
    /** The name server answers. */
    NAME_SERVER,
    /** The event loops do their work in time. */
    EVENT_LOOP,
    /** The process runs: it is not stopped, swapped out or held by the collector. */
    PAUSE,
    /** The wall clock goes as fast as the monotonic one. */
    CLOCK;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the metric label. */
    public String label() {
        return label;
    }
}
