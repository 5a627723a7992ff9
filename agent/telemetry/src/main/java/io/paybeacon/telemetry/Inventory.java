package io.paybeacon.telemetry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is configured, so that its series exist before anything happens to it. Immutable: another
 * configuration is another inventory.
 *
 * @param probes the names of the probes of each gateway account, by the account's name; a gateway
 *     without probes has an empty list
 * @param sources the names of the sources of each gateway account that has any
 */
public record Inventory(Map<String, List<String>> probes, Map<String, List<String>> sources) {
    /** The label value that stands for those beyond the budget. */
    static final String OTHER = "other";

    public Inventory {
        probes = copy(probes);
        sources = copy(sources);
    }

    /** An inventory without sources. */
    public Inventory(Map<String, List<String>> probes) {
        this(probes, Map.of());
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> names) {
        Map<String, List<String>> copy = new TreeMap<>();
        names.forEach((gateway, of) -> copy.put(gateway, List.copyOf(of)));
        return Collections.unmodifiableMap(copy);
    }

    /** The names of the configured gateway accounts, in order. */
    public List<String> gateways() {
        return List.copyOf(probes.keySet());
    }

    /** The names of the probes of a gateway account. */
    public List<String> probes(String gateway) {
        return probes.getOrDefault(gateway, List.of());
    }

    /** The names of the sources of a gateway account. */
    public List<String> sources(String gateway) {
        return sources.getOrDefault(gateway, List.of());
    }

    /**
     * The label values of every series of a metric that is known before its first use: none when a
     * label takes values from outside.
     */
    List<List<String>> known(MetricDeclaration metric) {
        List<List<String>> series = List.of(List.of());
        for (Label label : metric.labels()) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> labels : series) {
                for (String value : initial(label, labels)) {
                    List<String> one = new ArrayList<>(labels);
                    one.add(value);
                    longer.add(List.copyOf(one));
                }
            }
            series = longer;
        }
        return series;
    }

    /** The label values with {@code other} in place of each that was not known beforehand. */
    List<String> folded(MetricDeclaration metric, List<String> labels) {
        List<String> folded = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String value = labels.get(i);
            boolean known = values(metric.labels().get(i), folded).contains(value);
            folded.add(known ? value : OTHER);
        }
        return List.copyOf(folded);
    }

    /** Whether the series is of nothing but gateways, probes and sources that are configured. */
    boolean covers(MetricDeclaration metric, List<String> labels) {
        for (int i = 0; i < labels.size(); i++) {
            boolean covered =
                    switch (metric.labels().get(i).values()) {
                        case Label.Listed _, Label.Open _ -> true;
                        case Label.Configured of ->
                                namesOrUnknown(of, labels).contains(labels.get(i));
                    };
            if (!covered) {
                return false;
            }
        }
        return true;
    }

    private List<String> initial(Label label, List<String> before) {
        return switch (label.values()) {
            case Label.Listed listed -> listed.initial();
            case Label.Open _ -> List.of();
            case Label.Configured of -> names(of, before);
        };
    }

    private List<String> values(Label label, List<String> before) {
        return switch (label.values()) {
            case Label.Listed listed -> listed.values();
            case Label.Open _ -> List.of();
            case Label.Configured of -> namesOrUnknown(of, before);
        };
    }

    /** Requests for a gateway that is not configured are counted too. */
    private List<String> namesOrUnknown(Label.Configured of, List<String> labels) {
        if (of != Label.Configured.GATEWAYS) {
            return names(of, labels);
        }
        List<String> names = new ArrayList<>(gateways());
        names.add(ProcessMetrics.UNKNOWN_GATEWAY);
        return names;
    }

    // Every metric of a probe or source names the gateway first, which its declaration is tested
    // for.
    private List<String> names(Label.Configured of, List<String> labels) {
        return switch (of) {
            case GATEWAYS -> gateways();
            case PROBES -> probes(labels.getFirst());
            case SOURCES -> sources(labels.getFirst());
        };
    }
}
