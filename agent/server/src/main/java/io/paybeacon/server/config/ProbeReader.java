package io.paybeacon.server.config;

import io.paybeacon.catalog.Catalog;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.PlanReader;
import io.paybeacon.probe.plan.PlanReading;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.RunPolicy;
import io.paybeacon.probe.schedule.MaintenanceWindow;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Problem;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.schema.Defaults;
import io.paybeacon.server.config.schema.ProbeKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the probes of a configuration, and the plans they run. */
final class ProbeReader {
    private static final int PLAN_BYTES_MAX = 1 << 20;

    private final ReadingContext context;
    private final MaintenanceReader maintenance;
    private final Map<String, GatewayConfig> gateways;

    ProbeReader(ReadingContext context, Map<String, GatewayConfig> gateways) {
        this.context = context;
        this.maintenance = new MaintenanceReader(context);
        this.gateways = gateways;
    }

    /** The probes in order of their names. */
    List<ProbeTarget> read(Fields document) {
        Map<String, ProbeTarget> targets = new TreeMap<>();
        document.entries("probes", "write a name for each probe, and its keys below it")
                .forEach((name, entry) -> {
                    String where = document.path("probes") + "." + name;
                    context.checkName(document.path("probes"), name, entry.keyLine());
                    Fields fields = context.fields(entry.node(), where, ProbeKeys.PROBE);
                    ProbeTarget target = target(fields, name, entry.keyLine());
                    if (target != null) {
                        targets.put(name, target);
                    }
                });
        return new ArrayList<>(targets.values());
    }

    private RunPolicy policy(Fields fields, @Nullable GatewayConfig gateway) {
        List<MaintenanceWindow> windows = new ArrayList<>(maintenance.read(fields));
        if (gateway != null) {
            windows.addAll(gateway.maintenance());
        }
        return new RunPolicy(!fields.has("confirm") || fields.flag("confirm"), windows);
    }

    private @Nullable ProbeTarget target(Fields fields, String name, int line) {
        Plan plan = plan(fields);
        GatewayConfig gateway = gateway(fields);
        Duration every = every(fields);
        RunPolicy policy = policy(fields, gateway);
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
                        gateway.connection().tls(),
                        gateway.connection().proxy(),
                        policy);
        target.problems().forEach(problem -> context.problems().add(line, fields.where(), problem));
        return target;
    }

    private static Duration every(Fields fields) {
        Duration every =
                fields.duration("every", Defaults.PROBE_EVERY_MAX).orElse(Defaults.PROBE_EVERY);
        if (every.compareTo(Limits.INTERVAL_MIN) < 0) {
            fields.problem(
                    "every",
                    "it is too often; write at least " + Defaults.text(Limits.INTERVAL_MIN));
            return Defaults.PROBE_EVERY;
        }
        return every;
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

    /** What the plan needs of the gateway's secrets, or null with a problem added. */
    private static @Nullable Map<String, Secret> secrets(
            Fields fields, Plan plan, GatewayConfig gateway) {
        Map<String, Secret> secrets = new HashMap<>();
        for (String name : plan.secrets().stream().sorted().toList()) {
            Secret secret = gateway.secrets().get(name);
            if (secret == null) {
                fields.problem(
                        "gateway",
                        "the plan needs the secret \"%s\", and \"%s\" has no secrets.%s; add it to"
                                        .formatted(name, gateway.name(), name)
                                + " the gateway");
            } else {
                secrets.put(name, secret);
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
                        context.problems()
                                .add(
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
                name.endsWith(".yaml") ? context.resolve(name).toString() : Catalog.fileName(name);
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
            return context.readText(context.resolve(name), PLAN_BYTES_MAX);
        } catch (IOException e) {
            fields.problem(
                    "plan",
                    "the file %s cannot be read (%s); name another"
                            .formatted(context.resolve(name), ReadingContext.why(e)));
            return null;
        }
    }
}
