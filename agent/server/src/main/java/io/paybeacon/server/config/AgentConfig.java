package io.paybeacon.server.config;

import io.paybeacon.core.stage.Reference;
import io.paybeacon.probe.run.ProbeTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A configuration without a mistake. Immutable; its text form shows no secret.
 *
 * @param host the loopback address to listen on
 * @param port to listen on; 0 takes a free one
 * @param data the directory that holds everything the agent keeps; absolute
 * @param gateways the gateway accounts, in order of their names
 * @param probes the probes, in order of their names, each aimed at one of the gateways
 * @param reference what stages share: limits of payments
 */
public record AgentConfig(
        String host,
        int port,
        Path data,
        List<GatewayConfig> gateways,
        List<ProbeTarget> probes,
        Reference reference) {
    public AgentConfig {
        gateways = List.copyOf(gateways);
        probes = List.copyOf(probes);
    }

    /** The same with another {@link #data}. */
    public AgentConfig withData(Path directory) {
        return new AgentConfig(host, port, directory, gateways, probes, reference);
    }

    /** The names of the probes of each gateway, by the gateway's name. */
    public Map<String, List<String>> probeNames() {
        Map<String, List<String>> names = new TreeMap<>();
        for (GatewayConfig gateway : gateways) {
            names.put(
                    gateway.name(),
                    probes.stream()
                            .filter(probe -> probe.gateway().equals(gateway.name()))
                            .map(ProbeTarget::name)
                            .toList());
        }
        return names;
    }
}
