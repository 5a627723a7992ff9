package io.paybeacon.telemetry;

import java.util.Arrays;
import java.util.List;

/** The routes of the agent's HTTP server. Bounded: a metric label. */
public enum HttpRoute {
    /** Webhooks in. */
    INGEST("ingest"),
    /** The scrape. */
    METRICS("metrics"),
    /** Whether it lives, whether it is ready. */
    HEALTH("health"),
    /** The questions of people and tools. */
    API("api"),
    /** Probes of the targets of scrapes. */
    PROBE("probe"),
    /** The index page, and every path that does not exist. */
    OTHER("other");

    private final String label;

    HttpRoute(String label) {
        this.label = label;
    }

    /** The value of the metric label. */
    public String label() {
        return label;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(HttpRoute::label).toList();
    }
}
