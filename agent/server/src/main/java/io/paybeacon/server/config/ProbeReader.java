package io.paybeacon.server.config;

import io.paybeacon.catalog.Catalog;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.PlanReader;
import io.paybeacon.probe.plan.PlanReading;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Problem;
import io.paybeacon.probe.yaml.Problems;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the probes of a configuration, and the plans they run. */
final class ProbeReader {
    private static final List<String> KEYS = List.of("plan", "gateway", "every", "variables");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final Duration EVERY_DEFAULT = Duration.ofMinutes(1);
    private static final Duration EVERY_MAX = Duration.ofDays(1);
    private static final String KEY_SECRET = "key";

    private final Path directory;
    private final Problems problems;
    private final Map<String, GatewayConfig> gateways;

    ProbeReader(Path directory, Problems problems, Map<String, GatewayConfig> gateways) {
        this.directory = directory;
        this.problems = problems;
        this.gateways = gateways;
    }

    List<ProbeTarget> read(Fields parent) {
        Map<String, ProbeTarget> targets = new TreeMap<>();
        parent.entries("probes", "write a name for each probe, and its keys below it")
                .forEach((name, entry) -> {
                    ProbeTarget target = target(parent, name, entry);
                    if (target != null) {
                        targets.put(name, target);
                    }
                });
        return new ArrayList<>(targets.values());
    }

    private @Nullable ProbeTarget target(Fields parent, String name, YamlNode.Entry entry) {
        String where = parent.path("probes") + "." + name;
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    entry.keyLine(),
                    where,
                    "it cannot be a name; write at most 32 lower-case letters, digits, _ and -,"
                            + " with a letter first");
        }
        Fields fields = Fields.of(entry.node(), where, KEYS, problems);
        Plan plan = plan(fields);
        GatewayConfig gateway = gateway(fields);
        Duration every = fields.duration("every", EVERY_MAX).orElse(EVERY_DEFAULT);
        if (plan == null || gateway == null) {
            return null;
        }
        if (!plan.gateway().equals(gateway.kind().label())) {
            fields.problem(
                    "gateway",
                    "the plan is for gateways of kind %s, and \"%s\" is of kind %s; name another"
                            .formatted(plan.gateway(), gateway.name(), gateway.kind().label()));
        }
        Map<String, Secret> secrets = secrets(fields, plan, gateway);
        if (secrets == null) {
            return null;
        }
        ProbeTarget target =
                new ProbeTarget(
                        name,
                        gateway.name(),
                        plan,
                        gateway.url(),
                        secrets,
                        variables(fields),
                        every,
                        TlsProfile.PUBLIC);
        target.problems().forEach(problem -> problems.add(entry.keyLine(), where, problem));
        return target;
    }

    private @Nullable GatewayConfig gateway(Fields fields) {
        if (!fields.has("gateway")) {
            fields.missing("gateway", "name one of the gateways above");
            return null;
        }
        String name = fields.optionalText("gateway", "name one of the gateways").orElse(null);
        GatewayConfig gateway = name == null ? null : gateways.get(name);
        if (name != null && gateway == null) {
            fields.problem("gateway", ConfigReader.noSuch("gateway", name, gateways.keySet()));
        }
        return gateway;
    }

    /** What the plan needs, or null with a problem added. A gateway has one key. */
    private @Nullable Map<String, Secret> secrets(Fields fields, Plan plan, GatewayConfig gateway) {
        Map<String, Secret> secrets = new HashMap<>();
        for (String secret : plan.secrets()) {
            if (secret.equals(KEY_SECRET) && gateway.apiKey().isPresent()) {
                secrets.put(KEY_SECRET, gateway.apiKey().get());
            } else if (secret.equals(KEY_SECRET)) {
                fields.problem(
                        "gateway",
                        "the plan needs a key, and \"%s\" has no apiKey; add one to the gateway"
                                .formatted(gateway.name()));
            } else {
                fields.problem(
                        "plan",
                        "the plan asks for the secret \"%s\"; a gateway has one, called %s"
                                .formatted(secret, KEY_SECRET));
            }
        }
        return secrets.keySet().containsAll(plan.secrets()) ? secrets : null;
    }

    private Map<String, Value> variables(Fields fields) {
        Map<String, Value> variables = new HashMap<>();
        fields.entries("variables", "write a value for each variable of the plan")
                .forEach((name, entry) -> {
                    if (entry.node() instanceof YamlNode.Scalar scalar) {
                        variables.put(name, scalar.value());
                    } else {
                        problems.add(
                                entry.keyLine(),
                                fields.path("variables") + "." + name,
                                "it is %s; write a text or a number"
                                        .formatted(entry.node().kind()));
                    }
                });
        return variables;
    }

    private @Nullable Plan plan(Fields fields) {
        if (!fields.has("plan")) {
            fields.missing(
                    "plan",
                    "name a shipped plan (%s) or a file that ends in .yaml"
                            .formatted(String.join(", ", Catalog.names())));
            return null;
        }
        String name = fields.optionalText("plan", "name a plan").orElse(null);
        if (name == null) {
            return null;
        }
        String text = name.endsWith(".yaml") ? file(fields, name) : shipped(fields, name);
        if (text == null) {
            return null;
        }
        String shown =
                name.endsWith(".yaml")
                        ? directory.resolve(name).toString()
                        : Catalog.fileName(name);
        return switch (PlanReader.read(shown, text)) {
            case PlanReading.Accepted(Plan plan) -> plan;
            case PlanReading.Rejected(List<Problem> mistakes) -> {
                mistakes.forEach(
                        mistake -> fields.problem("plan", "the plan has a mistake: " + mistake));
                yield null;
            }
        };
    }

    private @Nullable String shipped(Fields fields, String name) {
        if (Catalog.names().contains(name)) {
            return Catalog.open(name);
        }
        fields.problem(
                "plan",
                ConfigReader.noSuch("shipped plan", name, Catalog.names())
                        + "; a plan of your own is a file that ends in .yaml");
        return null;
    }

    private @Nullable String file(Fields fields, String name) {
        try {
            return Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            fields.problem(
                    "plan",
                    "the file %s cannot be read (%s); name another"
                            .formatted(directory.resolve(name), e.getClass().getSimpleName()));
            return null;
        }
    }
}
