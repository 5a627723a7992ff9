package io.paybeacon.server.reload;

import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.server.config.AccessToken;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.GatewayConfig;
import io.paybeacon.server.config.ModuleConfig;
import io.paybeacon.server.config.SourceConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * In what one configuration differs from another.
 *
 * @param others keys at the top of the file whose value is other than before
 */
public record ConfigChanges(
        Changes gateways, Changes probes, Changes sources, Changes modules, List<String> others) {
    public ConfigChanges {
        others = List.copyOf(others);
    }

    /** Compares two configurations. */
    public static ConfigChanges between(AgentConfig before, AgentConfig after) {
        List<String> others = new ArrayList<>();
        if (!before.listen().tls().equals(after.listen().tls())) {
            others.add("tls");
        }
        if (!unnamed(before).equals(unnamed(after))) {
            others.add("token");
        }
        if (!named(before).equals(named(after))) {
            others.add("tokens");
        }
        if (!before.listen().webhooks().equals(after.listen().webhooks())) {
            others.add("webhooks");
        }
        if (!before.reference().equals(after.reference())) {
            others.add("payments");
        }
        return new ConfigChanges(
                Changes.between(before.gateways(), after.gateways(), GatewayConfig::name),
                Changes.between(before.probes(), after.probes(), ProbeTarget::name),
                Changes.between(before.sources(), after.sources(), SourceConfig::name),
                Changes.between(before.modules(), after.modules(), ModuleConfig::name),
                others);
    }

    private static List<AccessToken> unnamed(AgentConfig config) {
        return config.listen().tokens().stream()
                .filter(token -> token.name().equals(AccessToken.UNNAMED))
                .toList();
    }

    private static List<AccessToken> named(AgentConfig config) {
        return config.listen().tokens().stream()
                .filter(token -> !token.name().equals(AccessToken.UNNAMED))
                .toList();
    }

    /** Whether nothing is other than before. */
    public boolean none() {
        return gateways.none()
                && probes.none()
                && sources.none()
                && modules.none()
                && others.isEmpty();
    }
}
