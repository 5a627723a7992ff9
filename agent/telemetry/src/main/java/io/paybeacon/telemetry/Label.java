package io.paybeacon.telemetry;

import java.util.List;

/**
 * A label of a metric, and where its values come from.
 *
 * @param name the label's name, the same in Prometheus and OpenTelemetry
 */
public record Label(String name, Values values) {
    /** A label of configured gateway accounts. */
    static final Label GATEWAY = new Label("gateway", Configured.GATEWAYS);

    /** A label of configured probes. */
    static final Label PROBE = new Label("probe", Configured.PROBES);

    /** A label of configured sources. */
    static final Label SOURCE = new Label("source", Configured.SOURCES);

    /** A label whose values are all known when the agent is built. */
    static Label listed(String name, List<String> values) {
        return new Label(name, new Listed(values, values));
    }

    /** The same, of which only some are expected to be used. */
    static Label listed(String name, List<String> values, List<String> initial) {
        return new Label(name, new Listed(values, initial));
    }

    /** A label whose values come from outside: its series appear on first use. */
    static Label open(String name) {
        return new Label(name, new Open());
    }

    /** Where the values of a label come from. */
    public sealed interface Values {}

    /** From the configuration. */
    public enum Configured implements Values {
        /** The names of the gateway accounts. */
        GATEWAYS,
        /** The names of the probes of the gateway beside it. */
        PROBES,
        /** The names of the sources of the gateway beside it. */
        SOURCES
    }

    /**
     * From this list.
     *
     * @param initial those whose series exist from the start; the others' appear on first use
     */
    public record Listed(List<String> values, List<String> initial) implements Values {
        public Listed {
            values = List.copyOf(values);
            initial = List.copyOf(initial);
        }
    }

    /** From outside, within the series budget; what is beyond it is counted under {@code other}. */
    public record Open() implements Values {}
}
