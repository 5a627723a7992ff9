package io.paybeacon.server.config;

import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.adyen.AdyenWebhooks;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.GatewayConfig.Kind;
import io.paybeacon.server.config.schema.Defaults;
import io.paybeacon.server.config.schema.GatewayKeys;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the gateway accounts. */
final class GatewayReader {
    /** The platform's own account, the agent's own, and the path by which the platform tells. */
    private static final Set<String> RESERVED = Set.of("platform", "paybeacon", "events");

    private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String KEY = "key";
    private static final URI UNKNOWN = URI.create("https://gateway.invalid");

    private final ReadingContext context;
    private final ConnectionReader connections;
    private final MaintenanceReader maintenance;

    GatewayReader(ReadingContext context) {
        this.context = context;
        this.connections = new ConnectionReader(context);
        this.maintenance = new MaintenanceReader(context);
    }

    /** The accounts by name; one with mistakes is among them, so that probes find it. */
    Map<String, GatewayConfig> read(Fields document) {
        Map<String, GatewayConfig> gateways = new TreeMap<>();
        if (!document.has("gateways")) {
            document.missing("gateways", "name at least one gateway account");
        }
        Map<String, YamlNode.Entry> entries =
                document.entries(
                        "gateways", "write a name for each account, and its keys below it");
        if (entries.isEmpty() && document.has("gateways")) {
            document.problem("gateways", "it is empty; name at least one gateway account");
        }
        entries.forEach((name, entry) -> {
            context.checkName(document.path("gateways"), name, entry.keyLine());
            if (RESERVED.contains(name)) {
                context.problems()
                        .add(
                                entry.keyLine(),
                                "gateways." + name,
                                "the agent uses this name for its own; choose another");
            }
            String where = document.path("gateways") + "." + name;
            gateways.put(
                    name, gateway(name, context.fields(entry.node(), where, GatewayKeys.GATEWAY)));
        });
        return gateways;
    }

    private GatewayConfig gateway(String name, Fields fields) {
        Kind kind = context.word(fields, "kind", Kind.class, Kind::label).orElse(null);
        if (!fields.has("kind")) {
            fields.missing("kind", "write " + String.join(", ", GatewayKeys.KINDS));
        }
        return new GatewayConfig(
                name,
                kind == null ? Kind.STRIPE : kind,
                url(fields, kind),
                secrets(fields),
                webhookSecrets(fields, kind),
                capture(fields, kind),
                connections.read(fields),
                pace(fields),
                maintenance.read(fields));
    }

    private URI url(Fields fields, @Nullable Kind kind) {
        URI standard = kind == null ? UNKNOWN : kind.url().orElse(UNKNOWN);
        if (!fields.has("url")) {
            if (kind != null && kind.url().isEmpty()) {
                fields.missing(
                        "url", "a gateway of kind %s has no usual one".formatted(kind.label()));
            }
            return standard;
        }
        URI url = context.url(fields, "url", standard.toString()).orElse(standard);
        if (url.getRawQuery() != null) {
            fields.problem("url", "it has a query; write scheme, host and path alone");
        }
        return url;
    }

    private Map<String, Secret> secrets(Fields fields) {
        Map<String, Secret> secrets = new HashMap<>();
        Map<String, YamlNode.Entry> entries =
                fields.entries("secrets", "write a name for each secret, and a reference");
        if (entries.size() > Defaults.SECRETS_MAX) {
            fields.problem(
                    "secrets",
                    "it has %d secrets; at most %d are read"
                            .formatted(entries.size(), Defaults.SECRETS_MAX));
            return secrets;
        }
        entries.forEach((name, entry) -> {
            String where = fields.path("secrets") + "." + name;
            if (!SECRET_NAME.matcher(name).matches()) {
                context.problems()
                        .add(
                                entry.keyLine(),
                                fields.path("secrets"),
                                "a secret's name has letters, digits and underscores, and a letter"
                                        + " first");
                return;
            }
            context.secret(entry.node(), where).ifPresent(secret -> secrets.put(name, secret));
        });
        if (fields.has("apiKey") && entries.containsKey(KEY)) {
            fields.problem("apiKey", "secrets.key says the same; keep one of them");
        }
        context.secret(fields, "apiKey").ifPresent(secret -> secrets.put(KEY, secret));
        return secrets;
    }

    private List<WebhookSecret> webhookSecrets(Fields fields, @Nullable Kind kind) {
        List<WebhookSecret> secrets = new ArrayList<>();
        for (YamlNode item : fields.oneOrMore("webhookSecrets")) {
            Optional.ofNullable(
                            context.follow(
                                    item,
                                    fields.path("webhookSecrets"),
                                    SecretReferences.BYTES_MAX))
                    .ifPresent(value -> {
                        secrets.add(new WebhookSecret(value));
                        if (kind == Kind.ADYEN && !AdyenWebhooks.isKey(value)) {
                            context.problems()
                                    .add(
                                            item.line(),
                                            fields.path("webhookSecrets"),
                                            "it is not an HMAC key of Adyen, which has hexadecimal"
                                                    + " digits alone; copy it from the settings of"
                                                    + " the webhook");
                        }
                    });
        }
        return secrets;
    }

    private CaptureMode capture(Fields fields, @Nullable Kind kind) {
        if (kind != null && kind != Kind.ADYEN && fields.has("capture")) {
            fields.problem(
                    "capture",
                    "the webhooks of kind %s say themselves what was captured; leave it out"
                            .formatted(kind.label()));
        }
        return context.word(
                        fields,
                        "capture",
                        CaptureMode.class,
                        mode -> mode.name().toLowerCase(Locale.ROOT))
                .orElse(CaptureMode.AUTOMATIC);
    }

    private GatewayPace pace(Fields parent) {
        GatewayPace standard = GatewayPace.DEFAULT;
        YamlNode node = parent.node("pace").orElse(null);
        if (node == null) {
            return standard;
        }
        Fields fields = context.fields(node, parent.path("pace"), GatewayKeys.PACE);
        return new GatewayPace(
                whole(fields, "requestsPerSecond", Defaults.PACE_REQUESTS_MAX)
                        .orElse(standard.requestsPerSecond()),
                whole(fields, "burst", Defaults.PACE_REQUESTS_MAX).orElse(standard.burst()),
                whole(fields, "concurrentRuns", Defaults.PACE_RUNS_MAX)
                        .orElse(standard.concurrentRunsMax()));
    }

    private static Optional<Integer> whole(Fields fields, String key, int max) {
        return fields.wholeNumber(key, 1, max).map(Long::intValue);
    }
}
