package io.paybeacon.server.config;

import io.paybeacon.core.stage.Reference;
import io.paybeacon.probe.ProbeSet;
import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.run.ProbeTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A configuration without a mistake. Immutable; its text form shows no secret.
 *
 * @param listen where and how to listen
 * @param data the directory that holds everything the agent keeps; absolute
 * @param gateways the gateway accounts, in order of their names
 * @param probes the probes, in order of their names, each aimed at one of the gateways
 * @param sources what others measured, in order of their names
 * @param health how the agent knows that it is itself at fault
 * @param modules what {@code /probe} can do, in order of their names, shipped ones included
 * @param reference what stages share: limits of payments
 * @param findings where findings are kept
 */
public record AgentConfig(
        ListenConfig listen,
        Path data,
        List<GatewayConfig> gateways,
        List<ProbeTarget> probes,
        List<SourceConfig> sources,
        HealthSettings health,
        List<ModuleConfig> modules,
        Reference reference,
        FindingsConfig findings) {
    public AgentConfig {
        gateways = List.copyOf(gateways);
        probes = List.copyOf(probes);
        sources = List.copyOf(sources);
        modules = List.copyOf(modules);
    }

    /**
     * The same with another {@link #data}, where its findings are kept, too: those in a shared
     * database belong to the data beside them.
     */
    public AgentConfig withData(Path directory) {
        return new AgentConfig(
                listen,
                directory,
                gateways,
                probes,
                sources,
                health,
                modules,
                reference,
                FindingsConfig.DEFAULT);
    }

    /** What the probe engine runs: the probes, and how fast their gateways may be asked. */
    public ProbeSet probeSet() {
        Map<String, GatewayPace> paces = new TreeMap<>();
        gateways.forEach(gateway -> paces.put(gateway.name(), gateway.pace()));
        return new ProbeSet(probes, paces);
    }

    /** The names of the probes of each gateway, by the gateway's name. */
    public Map<String, List<String>> probeNames() {
        return namesByGateway(probes, ProbeTarget::gateway, ProbeTarget::name);
    }

    /** The names of the sources of each gateway, by the gateway's name. */
    public Map<String, List<String>> sourceNames() {
        return namesByGateway(sources, SourceConfig::gateway, SourceConfig::name);
    }

    private <T> Map<String, List<String>> namesByGateway(
            List<T> things, Function<T, String> gatewayOf, Function<T, String> nameOf) {
        Map<String, List<String>> names = new TreeMap<>();
        for (GatewayConfig gateway : gateways) {
            names.put(
                    gateway.name(),
                    things.stream()
                            .filter(thing -> gatewayOf.apply(thing).equals(gateway.name()))
                            .map(nameOf)
                            .toList());
        }
        return names;
    }
}
