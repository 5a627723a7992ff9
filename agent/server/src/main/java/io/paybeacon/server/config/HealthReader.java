package io.paybeacon.server.config;

import io.paybeacon.probe.health.Canary;
import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.schema.Defaults;
import io.paybeacon.server.config.schema.HealthKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how the agent knows that it is itself at fault. */
final class HealthReader {
    private static final String CANARIES = "canaries";
    private static final Duration EVERY_MIN = Duration.ofSeconds(1);
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");

    private final ReadingContext context;

    HealthReader(ReadingContext context) {
        this.context = context;
    }

    HealthSettings read(Fields document) {
        HealthSettings standard = HealthSettings.DEFAULT;
        YamlNode node = document.node("health").orElse(null);
        if (node == null) {
            return standard;
        }
        Fields fields = context.fields(node, "health", HealthKeys.HEALTH);
        Duration every =
                fields.duration("every", Defaults.HEALTH_MAX).orElse(standard.canaryInterval());
        if (every.compareTo(EVERY_MIN) < 0) {
            fields.problem("every", "it is too often; write at least " + Defaults.text(EVERY_MIN));
        }
        Duration timeout =
                fields.duration("timeout", Defaults.HEALTH_MAX)
                        .orElse(
                                every.compareTo(standard.canaryTimeout()) < 0
                                        ? every
                                        : standard.canaryTimeout());
        if (timeout.compareTo(every) > 0) {
            fields.problem(
                    "timeout",
                    "it is more than every (%s), so that rounds would overlap"
                            .formatted(Defaults.text(every)));
        }
        return new HealthSettings(
                canaries(fields),
                every,
                timeout,
                limit(fields, "pauseMax", standard.pauseMin()),
                limit(fields, "eventLoopLagMax", standard.loopLagMin()),
                limit(fields, "clockJumpMax", standard.clockJumpMin()),
                fields.duration("recovery", Defaults.RECOVERY_MAX).orElse(standard.recovery()),
                fields.duration("clockSettle", Defaults.RECOVERY_MAX)
                        .orElse(standard.clockSettle()));
    }

    private static Duration limit(Fields fields, String key, Duration standard) {
        return fields.duration(key, Defaults.HEALTH_MAX).orElse(standard);
    }

    private static List<Canary> canaries(Fields fields) {
        List<Canary> canaries = new ArrayList<>();
        for (String text : fields.texts(CANARIES)) {
            Optional<Canary> canary = canary(text);
            if (canary.isEmpty()) {
                fields.problem(
                        CANARIES,
                        "\"%s\" is not a canary; write tcp://host:port or dns://name"
                                .formatted(text));
            }
            canary.ifPresent(canaries::add);
        }
        if (canaries.size() > HealthSettings.CANARIES_MAX) {
            fields.problem(
                    CANARIES,
                    "there are %d; at most %d are asked"
                            .formatted(canaries.size(), HealthSettings.CANARIES_MAX));
        }
        return canaries;
    }

    private static Optional<Canary> canary(String text) {
        if (text.startsWith("dns://")) {
            String name = text.substring("dns://".length());
            return NAME.matcher(name).matches()
                    ? Optional.of(new Canary.Dns(name))
                    : Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean bare =
                    uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                            && uri.getRawPath().isEmpty();
            if ("tcp".equals(uri.getScheme())
                    && uri.getHost() != null
                    && bare
                    && uri.getPort() > 0
                    && uri.getPort() <= 65_535) {
                String host = uri.getHost();
                return Optional.of(
                        new Canary.Tcp(
                                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                                uri.getPort()));
            }
        } catch (URISyntaxException e) {
            // Not an address, which the caller reports.
        }
        return Optional.empty();
    }
}
