package io.paybeacon.probe.plan;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one step. */
final class StepReader {

    private static final List<String> KINDS = List.of("http", "webhookArrives", "replay");
    private static final List<String> COMMON = List.of("name", "timeout");
    private static final List<String> OF_HTTP =
            List.of("http", "extract", "assert", "expectDecline", "releasedWhen");
    private static final List<String> REQUEST_KEYS =
            List.of(
                    "method",
                    "path",
                    "headers",
                    "auth",
                    "form",
                    "json",
                    "raw",
                    "idempotent",
                    "sideEffect",
                    "amount",
                    "bodyBytesMax");

    private final Scope scope;

    StepReader(Scope scope) {
        this.scope = scope;
    }

    /** The step of a node; empty when its kind is not to be made out. */
    Optional<Step> read(YamlNode node, String where, List<String> further) {
        String kind = kind(node, where);
        List<String> known = new ArrayList<>(COMMON);
        known.addAll(further);
        known.addAll(kind.equals("http") ? OF_HTTP : kind.isEmpty() ? KINDS : List.of(kind));
        Fields fields = Fields.of(node, where, known, scope.problems());
        String name = name(fields);
        Duration timeout =
                fields.duration("timeout", Limits.PLAN_TIMEOUT_MAX)
                        .orElse(Limits.STEP_TIMEOUT_DEFAULT);
        return switch (kind) {
            case "http" -> Optional.of(http(fields, name, timeout));
            case "webhookArrives" ->
                    fields.optionalText(kind, "write the event type, such as charge.succeeded")
                            .map(type -> new Step.WebhookArrives(name, timeout, type));
            case "replay" ->
                    fields.optionalText(kind, "write the name of the step to repeat")
                            .map(step -> new Step.Replay(name, timeout, step));
            default -> Optional.empty();
        };
    }

    private String kind(YamlNode node, String where) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return "";
        }
        List<String> given =
                KINDS.stream().filter(kind -> mapping.entries().containsKey(kind)).toList();
        if (given.size() == 1) {
            return given.getFirst();
        }
        scope.problems()
                .add(
                        node.line(),
                        where,
                        "a step needs exactly one of %s, and has %s"
                                .formatted(
                                        String.join(", ", KINDS),
                                        given.isEmpty() ? "none" : String.join(", ", given)));
        return given.isEmpty() ? "" : given.getFirst();
    }

    private static String name(Fields fields) {
        String name = fields.text("name", "give the step a name, such as create");
        if (!name.isEmpty() && !name.matches("[a-z][a-z0-9-]{0,39}")) {
            fields.problem(
                    "name",
                    "\"%s\" is not a step name; use up to 40 lower-case letters, digits, dashes"
                            .formatted(name));
        }
        return name;
    }

    private Step http(Fields step, String name, Duration timeout) {
        YamlNode node = step.node("http").orElseThrow();
        Fields http = Fields.of(node, step.path("http"), REQUEST_KEYS, scope.problems());
        RequestTemplate request = new RequestReader(scope).read(http);
        SideEffect effect = effect(http);
        int bodyBytesMax =
                http.wholeNumber("bodyBytesMax", 1, Limits.BODY_BYTES_MAX)
                        .map(Long::intValue)
                        .orElse(Limits.BODY_BYTES_MAX);
        List<Extraction> extractions = extractions(step);
        return new Step.Http(
                name,
                timeout,
                request,
                effect,
                http.flag("idempotent"),
                extractions,
                new AssertionReader(scope).read(step),
                expectDecline(step),
                valueSets(step, "releasedWhen"),
                bodyBytesMax);
    }

    private @Nullable SideEffect effect(Fields http) {
        Optional<SideEffect.Kind> kind = http.word("sideEffect", SideEffect.Kind.class);
        Optional<SideEffect.AmountTemplate> amount =
                http.node("amount").map(node -> scope.amount(node, http.path("amount")));
        if (amount.isPresent() && kind.filter(SideEffect.Kind.HOLD::equals).isEmpty()) {
            http.problem("amount", "only a step with sideEffect: hold has an amount");
        }
        return kind.map(found -> new SideEffect(found, amount.orElse(null))).orElse(null);
    }

    private List<Extraction> extractions(Fields step) {
        List<Extraction> extractions = new ArrayList<>();
        step.entries("extract", "write a mapping of variables to JSON paths")
                .forEach((variable, entry) -> {
                    String where = step.path("extract") + "." + variable;
                    checkName(variable, entry.keyLine(), where);
                    extraction(variable, entry.node(), where).ifPresent(extractions::add);
                    scope.declareVariable(variable);
                });
        return extractions;
    }

    private void checkName(String variable, int line, String where) {
        if (!variable.matches("[A-Za-z_][A-Za-z0-9_]*") || variable.equals(Template.RUN)) {
            scope.problems()
                    .add(
                            line,
                            where,
                            "\"%s\" is not a variable's name; use letters, digits and underscores,"
                                            .formatted(variable)
                                    + " and not \"run\"");
        }
    }

    private Optional<Extraction> extraction(String variable, YamlNode node, String where) {
        if (node instanceof YamlNode.Mapping) {
            Fields fields =
                    Fields.of(node, where, List.of("json", "header", "optional"), scope.problems());
            if (fields.has("header")) {
                return fields.optionalText("header", "write the name of a header")
                        .map(header ->
                                new Extraction.FromHeader(
                                        variable, fields.flag("optional"), header));
            }
            if (!fields.has("json")) {
                fields.missing("json", "say where the value stands: json or header");
            }
            return fields.node("json")
                    .flatMap(child -> scope.path(child, fields.path("json")))
                    .map(path -> new Extraction.FromJson(variable, fields.flag("optional"), path));
        }
        return scope.path(node, where).map(path -> new Extraction.FromJson(variable, false, path));
    }

    private static Step.@Nullable ExpectedDecline expectDecline(Fields step) {
        if (!step.has("expectDecline")) {
            return null;
        }
        Set<String> codes = step.texts("expectDecline");
        return new Step.ExpectedDecline(codes.equals(Set.of("any")) ? Set.of() : codes);
    }

    /** A mapping of variables to the values that they may have. */
    Map<String, Set<String>> valueSets(Fields fields, String key) {
        Map<String, Set<String>> sets = new LinkedHashMap<>();
        YamlNode node = fields.node(key).orElse(null);
        if (node instanceof YamlNode.Mapping mapping) {
            List<String> names = List.copyOf(mapping.entries().keySet());
            Fields children = Fields.of(mapping, fields.path(key), names, scope.problems());
            for (String name : names) {
                scope.checkVariable(name, children.line(name), children.path(name));
                sets.put(name, children.texts(name));
            }
        } else if (node != null) {
            fields.problem(
                    key, "it is %s; write a mapping of variables to values".formatted(node.kind()));
        }
        return sets;
    }
}
