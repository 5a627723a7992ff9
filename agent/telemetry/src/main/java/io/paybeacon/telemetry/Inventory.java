package io.paybeacon.telemetry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is configured, so that its series exist before anything happens to it. Immutable.
 *
 * @param probes the names of the probes of each gateway account, by the account's name; a gateway
 *     without probes has an empty list
 */
public record Inventory(Map<String, List<String>> probes) {
    /** The label value that stands for those beyond the budget. */
    static final String OTHER = "other";

    public Inventory {
        Map<String, List<String>> copy = new TreeMap<>();
        probes.forEach((gateway, names) -> copy.put(gateway, List.copyOf(names)));
        probes = Collections.unmodifiableMap(copy);
    }

    /** The names of the configured gateway accounts, in order. */
    public List<String> gateways() {
        return List.copyOf(probes.keySet());
    }

    /** The names of the probes of a gateway account. */
    public List<String> probes(String gateway) {
        return probes.getOrDefault(gateway, List.of());
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
                for (String value : values(label, labels)) {
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

    // Every metric of a probe names the gateway first, which its declaration is tested for.
    private List<String> values(Label label, List<String> before) {
        return switch (label.values()) {
            case Label.Listed listed -> listed.values();
            case Label.Open _ -> List.of();
            case Label.Configured configured ->
                    switch (configured) {
                        case GATEWAYS -> gateways();
                        case PROBES -> probes(before.getFirst());
                    };
        };
    }
}
