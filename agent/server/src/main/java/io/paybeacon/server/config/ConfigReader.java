package io.paybeacon.server.config;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Nearest;
import io.paybeacon.probe.yaml.Problems;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.probe.yaml.YamlReader;
import io.paybeacon.server.config.GatewayConfig.Kind;
import io.paybeacon.server.config.SecretReferences.BadReference;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the agent's configuration: whatever is not understood is a mistake with file, line, key and
 * remedy, and all mistakes are reported together.
 */
public final class ConfigReader {
    private static final List<String> KEYS =
            List.of("listen", "data", "gateways", "probes", "payments");
    private static final List<String> GATEWAY_KEYS =
            List.of("kind", "url", "apiKey", "webhookSecrets");
    private static final List<String> PAYMENT_KEYS = List.of("stuckAfter", "settle", "parkedFor");
    private static final Map<String, PaymentStatus> OPEN_STATUSES = openStatuses();
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final Pattern LISTEN =
            Pattern.compile("(127(?:\\.[0-9]{1,3}){3}|\\[::1]|localhost):([0-9]{1,5})");
    private static final String LISTEN_DEFAULT = "127.0.0.1:9465";
    private static final Duration LIMIT_MAX = Duration.ofDays(365);

    private final Path directory;
    private final Problems problems;
    private final SecretReferences secrets;

    private ConfigReader(Path file, Map<String, String> environment) {
        Path parent = file.toAbsolutePath().getParent();
        this.directory = parent == null ? file.toAbsolutePath() : parent;
        this.problems = new Problems(file.toString());
        this.secrets = new SecretReferences(directory, environment);
    }

    /**
     * Reads a file.
     *
     * @param environment where {@code ${env:NAME}} is looked up
     */
    public static ConfigReading read(Path file, Map<String, String> environment) {
        ConfigReader reader = new ConfigReader(file, environment);
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            reader.problems.add(
                    1,
                    "",
                    "the file cannot be read (%s); name a configuration with --config"
                            .formatted(e.getClass().getSimpleName()));
            return new ConfigReading.Rejected(reader.problems.inFileOrder());
        }
        return reader.read(text);
    }

    private ConfigReading read(String text) {
        AgentConfig config = YamlReader.read(text, problems).map(this::config).orElse(null);
        return config != null && problems.isEmpty()
                ? new ConfigReading.Accepted(config)
                : new ConfigReading.Rejected(problems.inFileOrder());
    }

    private AgentConfig config(YamlNode.Mapping document) {
        Fields fields = Fields.of(document, "", KEYS, problems);
        var listen = LISTEN.matcher(listen(fields));
        boolean valid = listen.matches() && Integer.parseInt(listen.group(2)) <= 65_535;
        if (!valid) {
            fields.problem(
                    "listen",
                    "it is not an address of this machine's own; write 127.0.0.1 and a port, such"
                            + " as "
                            + LISTEN_DEFAULT
                            + ": this release offers no access control, so it listens on loopback"
                            + " only, behind a proxy that does");
        }
        Path data =
                directory
                        .resolve(fields.optionalText("data", "name a directory").orElse("data"))
                        .normalize();
        Map<String, GatewayConfig> gateways = gateways(fields);
        List<ProbeTarget> probes = new ProbeReader(directory, problems, gateways).read(fields);
        return new AgentConfig(
                valid ? listen.group(1) : "",
                valid ? Integer.parseInt(listen.group(2)) : 0,
                data,
                List.copyOf(gateways.values()),
                probes,
                reference(fields));
    }

    private static String listen(Fields fields) {
        return fields.optionalText("listen", "write an address and a port").orElse(LISTEN_DEFAULT);
    }

    private Map<String, GatewayConfig> gateways(Fields fields) {
        Map<String, GatewayConfig> gateways = new TreeMap<>();
        if (!fields.has("gateways")) {
            fields.missing("gateways", "name at least one gateway account");
        }
        fields.entries("gateways", "write a name for each account, and its keys below it")
                .forEach((name, entry) -> {
                    checkName(fields.path("gateways"), name, entry.keyLine());
                    gateways.put(name, gateway(fields, name, entry.node()));
                });
        return gateways;
    }

    private void checkName(String where, String name, int line) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    line,
                    where + "." + name,
                    "it cannot be a name; write at most 32 lower-case letters, digits, _ and -,"
                            + " with a letter first");
        }
    }

    private GatewayConfig gateway(Fields parent, String name, YamlNode node) {
        Fields fields =
                Fields.of(node, parent.path("gateways") + "." + name, GATEWAY_KEYS, problems);
        Kind kind = fields.word("kind", Kind.class).orElse(null);
        if (kind == null && !fields.has("kind")) {
            fields.missing("kind", "write stripe");
        }
        URI url = url(fields, kind == null ? Kind.STRIPE.url() : kind.url());
        List<WebhookSecret> webhookSecrets = new ArrayList<>();
        for (YamlNode item : fields.oneOrMore("webhookSecrets")) {
            String value = secret(item, fields.path("webhookSecrets"));
            if (value != null) {
                webhookSecrets.add(new WebhookSecret(value));
            }
        }
        return new GatewayConfig(
                name,
                kind == null ? Kind.STRIPE : kind,
                url,
                fields.node("apiKey").flatMap(item -> apiKey(item, fields.path("apiKey"))),
                webhookSecrets);
    }

    private URI url(Fields fields, URI standard) {
        String text =
                fields.optionalText("url", "write where the API is").orElse(standard.toString());
        try {
            URI url = new URI(text);
            if (url.getHost() != null
                    && (text.startsWith("https://") || text.startsWith("http://"))) {
                return url;
            }
        } catch (java.net.URISyntaxException e) {
            // Told below, with the remedy.
        }
        fields.problem("url", "it is not a URL; write one such as " + standard);
        return standard;
    }

    private Optional<Secret> apiKey(YamlNode node, String path) {
        String value = secret(node, path);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Secret.of(value));
        } catch (IllegalArgumentException e) {
            problems.add(node.line(), path, e.getMessage() + "; put the key alone there");
            return Optional.empty();
        }
    }

    private @Nullable String secret(YamlNode node, String path) {
        String reference = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        try {
            return secrets.follow(reference);
        } catch (BadReference e) {
            problems.add(node.line(), path, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Reference reference(Fields parent) {
        Reference defaults = Reference.defaults();
        YamlNode node = parent.node("payments").orElse(null);
        if (node == null) {
            return defaults;
        }
        Fields fields = Fields.of(node, "payments", PAYMENT_KEYS, problems);
        return new Reference(
                defaults.version(),
                stuckAfter(fields, defaults),
                fields.duration("settle", LIMIT_MAX).orElse(defaults.settle()),
                fields.duration("parkedFor", LIMIT_MAX).orElse(defaults.parkedFor()));
    }

    private Map<PaymentStatus, Duration> stuckAfter(Fields parent, Reference defaults) {
        Map<PaymentStatus, Duration> limits = new EnumMap<>(PaymentStatus.class);
        limits.putAll(defaults.stuckAfter());
        YamlNode node = parent.node("stuckAfter").orElse(null);
        if (node != null) {
            List<String> keys = List.copyOf(OPEN_STATUSES.keySet());
            Fields fields = Fields.of(node, parent.path("stuckAfter"), keys, problems);
            OPEN_STATUSES.forEach((key, status) ->
                    fields.duration(key, LIMIT_MAX).ifPresent(limit -> limits.put(status, limit)));
        }
        return limits;
    }

    private static Map<String, PaymentStatus> openStatuses() {
        Map<String, PaymentStatus> statuses = new TreeMap<>();
        for (PaymentStatus status : PaymentStatus.values()) {
            if (status.open()) {
                statuses.put(camelCase(status.label()), status);
            }
        }
        return statuses;
    }

    private static String camelCase(String label) {
        StringBuilder text = new StringBuilder();
        for (String word : label.split("_", -1)) {
            text.append(
                    text.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }

    /**
     * The message about a name that refers to nothing.
     *
     * @param what it should name
     * @param known the names there are
     */
    public static String noSuch(String what, String name, Iterable<String> known) {
        List<String> names = new ArrayList<>();
        known.forEach(names::add);
        return names.isEmpty()
                ? "there is no %s \"%s\"; none is configured".formatted(what, name)
                : "there is no %s \"%s\"; %s"
                        .formatted(what, name, Nearest.suggestion(name, names));
    }
}
