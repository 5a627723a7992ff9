package io.paybeacon.probe.plan;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.CleanupStep.When;
import io.paybeacon.probe.plan.Plan.Budget;
import io.paybeacon.probe.plan.Plan.Connection;
import io.paybeacon.probe.plan.Plan.Mode;
import io.paybeacon.probe.secret.LiveKeys;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Problems;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.probe.yaml.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plan from YAML, strictly: whatever is not understood is a mistake with file, line, key
 * and remedy, and all mistakes of a file are reported together.
 */
public final class PlanReader {

    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(30);
    private final Problems problems;
    private final Scope scope;
    private final StepReader stepReader;

    private PlanReader(String file) {
        this.problems = new Problems(file);
        this.scope = new Scope(problems);
        this.stepReader = new StepReader(scope);
    }

    /**
     * Reads a plan.
     *
     * @param file the name that mistakes are reported under
     * @param text the YAML
     */
    public static PlanReading read(String file, String text) {
        return new PlanReader(file).read(text);
    }

    private PlanReading read(String text) {
        refuseKeys(text);
        Optional<YamlNode.Mapping> document = YamlReader.read(text, problems);
        Optional<Plan> plan = document.map(mapping -> plan(mapping));
        if (problems.isEmpty() && plan.isPresent()) {
            return new PlanReading.Accepted(plan.get());
        }
        return new PlanReading.Rejected(problems.inFileOrder());
    }

    private void refuseKeys(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (LiveKeys.containsKey(lines.get(i))) {
                problems.add(
                        i + 1,
                        "",
                        "a gateway's key is written out here; declare it under secrets and refer"
                                + " to it as ${secret.name}");
            }
        }
    }

    private Plan plan(YamlNode.Mapping mapping) {
        Fields fields = Fields.of(mapping, "", Shape.PLAN.keys(), problems);
        String name = fields.text("name", "give the plan a name, such as stripe-card-refund");
        Map<String, Value> variables = variables(fields);
        secrets(fields);
        Map<String, OAuth2Client> oauth2 = new AuthReader(scope).clients(fields);
        List<Step> steps = steps(fields);
        List<CleanupStep> always = always(fields);
        Plan plan =
                new Plan(
                        name,
                        fields.optionalText("description", "write a sentence").orElse(""),
                        fields.text("gateway", "name the kind of gateway, such as stripe"),
                        fields.word("mode", Mode.class).orElse(Mode.TEST),
                        fields.duration("timeout", Limits.PLAN_TIMEOUT_MAX).orElse(TIMEOUT_DEFAULT),
                        fields.word("connection", Connection.class).orElse(Connection.FRESH),
                        budget(fields),
                        idempotencyHeader(fields),
                        new DeclineReader(scope).read(fields),
                        oauth2,
                        scope.secrets(),
                        variables,
                        steps,
                        always);
        new PlanCheck(plan, fields, problems).check();
        return plan;
    }

    private Map<String, Value> variables(Fields fields) {
        Map<String, Value> variables = new LinkedHashMap<>();
        fields.entries("variables", "write a mapping of names to values")
                .forEach((name, entry) -> {
                    String where = "variables." + name;
                    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.equals(Template.RUN)) {
                        problems.add(
                                entry.keyLine(),
                                where,
                                "a variable's name has letters, digits and underscores, and"
                                        + " is not \"run\"");
                    }
                    if (entry.node() instanceof YamlNode.Scalar scalar) {
                        variables.put(name, scalar.value());
                    } else {
                        problems.add(
                                entry.keyLine(),
                                where,
                                "it is %s; write a text, a number, or true or false"
                                        .formatted(entry.node().kind()));
                    }
                    scope.declareVariable(name);
                });
        return variables;
    }

    private void secrets(Fields fields) {
        for (String secret : fields.texts("secrets")) {
            if (!secret.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                fields.problem(
                        "secrets",
                        "\"%s\" is not a secret's name; list names, not values"
                                .formatted(LiveKeys.containsKey(secret) ? "***" : secret));
            }
            scope.declareSecret(secret);
        }
    }

    private @Nullable Budget budget(Fields fields) {
        YamlNode node = fields.node("budget").orElse(null);
        if (node == null) {
            return null;
        }
        Fields budget = Fields.of(node, "budget", Shape.BUDGET.keys(), problems);
        String currency = budget.text("currency", "write an ISO 4217 code, such as USD");
        if (!currency.isEmpty() && !currency.matches("[A-Z]{3}")) {
            budget.problem(
                    "currency",
                    "\"%s\" is not a currency; write an ISO 4217 code, such as USD"
                            .formatted(currency));
        }
        long perRun = minorUnits(budget, "perRun");
        long perDay = minorUnits(budget, "perDay");
        if (perDay < perRun) {
            budget.problem("perDay", "it is less than perRun, so that no run could ever start");
        }
        return new Budget(currency, perRun, perDay);
    }

    private static long minorUnits(Fields budget, String key) {
        if (!budget.has(key)) {
            budget.missing(key, "write an amount in minor units");
        }
        return budget.wholeNumber(key, 0, 1_000_000_000_000L).orElse(0L);
    }

    private static @Nullable String idempotencyHeader(Fields fields) {
        String header =
                fields.optionalText("idempotencyHeader", "write a header's name, or none")
                        .orElse("Idempotency-Key");
        if (!header.matches(RequestReader.TOKEN)) {
            fields.problem("idempotencyHeader", "\"%s\" is not a header's name".formatted(header));
        }
        return header.equals("none") ? null : header;
    }

    private List<Step> steps(Fields fields) {
        if (!fields.has("steps")) {
            fields.missing("steps", "write a list of steps");
        }
        List<Step> steps = new ArrayList<>();
        List<YamlNode> nodes = limited(fields, "steps");
        for (int i = 0; i < nodes.size(); i++) {
            stepReader.read(nodes.get(i), "steps[" + i + "]", false).ifPresent(steps::add);
        }
        return steps;
    }

    private List<CleanupStep> always(Fields fields) {
        List<CleanupStep> always = new ArrayList<>();
        List<YamlNode> nodes = limited(fields, "always");
        for (int i = 0; i < nodes.size(); i++) {
            YamlNode node = nodes.get(i);
            String where = "always[" + i + "]";
            Optional<Step> step = stepReader.read(node, where, true);
            When when = when(node, where);
            step.ifPresent(found -> always.add(new CleanupStep(found, when)));
        }
        return always;
    }

    private List<YamlNode> limited(Fields fields, String key) {
        List<YamlNode> nodes = fields.list(key, "write a list of steps, each with a dash");
        if (nodes.size() > Limits.PLAN_STEPS_MAX) {
            fields.problem(
                    key,
                    "it has %d steps; at most %d are read"
                            .formatted(nodes.size(), Limits.PLAN_STEPS_MAX));
            return nodes.subList(0, Limits.PLAN_STEPS_MAX);
        }
        return nodes;
    }

    private When when(YamlNode step, String where) {
        YamlNode.Entry entry =
                step instanceof YamlNode.Mapping mapping ? mapping.entries().get("when") : null;
        if (entry == null) {
            return new When(true, Set.of(), Set.of(), Map.of());
        }
        Fields fields = Fields.of(entry.node(), where + ".when", Shape.WHEN.keys(), problems);
        Set<String> known = fields.texts("known");
        Set<String> unknown = fields.texts("unknown");
        known.forEach(name -> scope.checkVariable(name, fields.line("known"), where + ".when"));
        unknown.forEach(name -> scope.checkVariable(name, fields.line("unknown"), where + ".when"));
        boolean outstanding = !fields.has("outstanding") || fields.flag("outstanding");
        return new When(outstanding, known, unknown, stepReader.valueSets(fields, "in"));
    }
}
