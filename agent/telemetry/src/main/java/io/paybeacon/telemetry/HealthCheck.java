package io.paybeacon.telemetry;

import java.util.Arrays;
import java.util.List;

/** What the agent watches of its own health. Bounded: a metric label. */
public enum HealthCheck {
    /** It reaches the network: canaries that have nothing to do with a gateway answer. */
    EGRESS("egress"),
    /** Its name server answers. */
    NAME_SERVER("name_server"),
    /** Its event loops are not held up. */
    EVENT_LOOP("event_loop"),
    /** The process was not paused. */
    PAUSE("pause"),
    /** The wall clock does not leap. */
    CLOCK("clock");

    private final String label;

    HealthCheck(String label) {
        this.label = label;
    }

    /** The value of the metric label. */
    public String label() {
        return label;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(HealthCheck::label).toList();
    }
}
