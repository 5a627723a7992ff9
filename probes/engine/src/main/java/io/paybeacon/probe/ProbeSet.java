package io.paybeacon.probe;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.run.ProbeTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The probes of a configuration and how fast their gateways may be asked.
 *
 * @param probes the probes, each name once
 * @param paces pace by name of the gateway account; {@link GatewayPace#DEFAULT} for the others
 */
public record ProbeSet(List<ProbeTarget> probes, Map<String, GatewayPace> paces) {

    public ProbeSet {
        probes = List.copyOf(probes);
        paces = Map.copyOf(paces);
    }

    /** Probes at the default pace. */
    public static ProbeSet of(List<ProbeTarget> probes) {
        return new ProbeSet(probes, Map.of());
    }

    /** What speaks against it, each with its remedy; empty when it may be applied. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (probes.size() > Limits.PROBES_MAX) {
            problems.add(
                    "there are %d probes; an agent runs at most %d"
                            .formatted(probes.size(), Limits.PROBES_MAX));
        }
        Set<String> names = new HashSet<>();
        for (ProbeTarget probe : probes) {
            if (!names.add(probe.name())) {
                problems.add(
                        "the probe %s is there twice; give each its own name"
                                .formatted(probe.name()));
            }
            probe.problems().forEach(p -> problems.add("Probe " + probe.name() + ": " + p));
        }
        return problems;
    }
}
