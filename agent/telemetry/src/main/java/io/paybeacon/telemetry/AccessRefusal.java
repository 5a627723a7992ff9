package io.paybeacon.telemetry;

import java.util.Arrays;
import java.util.List;

/** Why the agent's HTTP server turned somebody away. Bounded: a metric label. */
public enum AccessRefusal {
    /** No token was shown, and one is asked for. */
    NO_TOKEN("no_token"),
    /** The token is none of the agent's. */
    WRONG_TOKEN("wrong_token"),
    /** The token is one of the agent's, and not for this. */
    NO_ROLE("no_role"),
    /** The request names a host that is not this machine. */
    FOREIGN_HOST("foreign_host");

    private final String label;

    AccessRefusal(String label) {
        this.label = label;
    }

    /** The value of the metric label. */
    public String label() {
        return label;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(AccessRefusal::label).toList();
    }
}
