package io.paybeacon.probe.plan;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the assertions of a step. */
final class AssertionReader {

    private static final List<String> EXPECTATIONS =
            List.of("equals", "oneOf", "present", "absent");
    private static final List<String> KINDS =
            List.of("status", "json", "header", "amount", "bodyBytesMax", "latencyMax");

    private final Scope scope;

    AssertionReader(Scope scope) {
        this.scope = scope;
    }

    List<Assertion> read(Fields step) {
        List<Assertion> assertions = new ArrayList<>();
        List<YamlNode> items = step.list("assert", "write a list of assertions, each with a dash");
        for (int i = 0; i < items.size(); i++) {
            String where = step.path("assert") + "[" + i + "]";
            assertion(items.get(i), where).ifPresent(assertions::add);
        }
        return assertions;
    }

    private Optional<Assertion> assertion(YamlNode node, String where) {
        String kind = kind(node);
        return switch (kind) {
            case "status" -> status(fields(node, where, List.of("status")));
            case "json" -> json(fields(node, where, keys("json")));
            case "header" -> header(fields(node, where, keys("header")));
            case "amount" -> amount(fields(node, where, List.of("amount", "currency", "equals")));
            case "bodyBytesMax" -> bodyBytes(fields(node, where, List.of("bodyBytesMax")));
            case "latencyMax" -> latency(fields(node, where, List.of("latencyMax")));
            default -> {
                Fields.of(node, where, KINDS, scope.problems());
                if (node instanceof YamlNode.Mapping mapping && mapping.entries().isEmpty()) {
                    scope.problems().add(node.line(), where, "the assertion is empty");
                }
                yield Optional.empty();
            }
        };
    }

    private static String kind(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            for (String kind : KINDS) {
                if (mapping.entries().containsKey(kind)) {
                    return kind;
                }
            }
        }
        return "";
    }

    private static List<String> keys(String subject) {
        List<String> keys = new ArrayList<>(List.of(subject));
        keys.addAll(EXPECTATIONS);
        return keys;
    }

    private Fields fields(YamlNode node, String where, List<String> keys) {
        return Fields.of(node, where, keys, scope.problems());
    }

    private static Optional<Assertion> status(Fields fields) {
        Set<Integer> statuses = fields.wholeNumbers("status", 100, 599);
        return statuses.isEmpty() ? Optional.empty() : Optional.of(new Assertion.Status(statuses));
    }

    private Optional<Assertion> json(Fields fields) {
        Optional<Assertion.Expectation> expectation = expectation(fields);
        return fields.node("json")
                .flatMap(node -> scope.path(node, fields.path("json")))
                .flatMap(path -> expectation.map(expected -> new Assertion.Json(path, expected)));
    }

    private Optional<Assertion> header(Fields fields) {
        Optional<Assertion.Expectation> expectation = expectation(fields);
        return fields.optionalText("header", "write the name of a header")
                .flatMap(name -> expectation.map(expected -> new Assertion.Header(name, expected)));
    }

    private Optional<Assertion> amount(Fields fields) {
        for (String key : List.of("currency", "equals")) {
            if (!fields.has(key)) {
                fields.missing(
                        key,
                        "an amount needs its path, the currency's path, and what both must equal");
            }
        }
        Optional<DocumentPath> amount = path(fields, "amount");
        Optional<DocumentPath> currency = path(fields, "currency");
        Optional<SideEffect.AmountTemplate> expected =
                fields.node("equals").map(node -> scope.amount(node, fields.path("equals")));
        if (amount.isEmpty() || currency.isEmpty() || expected.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Assertion.Amount(amount.get(), currency.get(), expected.get()));
    }

    private Optional<DocumentPath> path(Fields fields, String key) {
        return fields.node(key).flatMap(node -> scope.path(node, fields.path(key)));
    }

    private static Optional<Assertion> bodyBytes(Fields fields) {
        return fields.wholeNumber("bodyBytesMax", 0, Limits.BODY_BYTES_MAX)
                .map(max -> new Assertion.BodyBytes(max.intValue()));
    }

    private Optional<Assertion> latency(Fields fields) {
        Optional<Duration> max = fields.duration("latencyMax", Limits.PLAN_TIMEOUT_MAX);
        return max.map(Assertion.Latency::new);
    }

    private Optional<Assertion.Expectation> expectation(Fields fields) {
        List<String> given = EXPECTATIONS.stream().filter(fields::has).toList();
        if (given.size() != 1) {
            scope.problems()
                    .add(
                            fields.line(),
                            fields.where(),
                            "it needs exactly one of %s, and has %s"
                                    .formatted(
                                            String.join(", ", EXPECTATIONS),
                                            given.isEmpty() ? "none" : String.join(", ", given)));
            return Optional.empty();
        }
        String key = given.getFirst();
        return switch (key) {
            case "equals" ->
                    fields.node(key)
                            .map(node -> scope.template(node, fields.path(key)))
                            .map(Assertion.Expectation.EqualTo::new);
            case "oneOf" ->
                    Optional.of(
                            new Assertion.Expectation.OneOf(
                                    fields.oneOrMore(key).stream()
                                            .map(node -> scope.template(node, fields.path(key)))
                                            .toList()));
            case "present" -> said(fields, key, new Assertion.Expectation.Present());
            default -> said(fields, key, new Assertion.Expectation.Absent());
        };
    }

    private static Optional<Assertion.Expectation> said(
            Fields fields, String key, Assertion.Expectation expectation) {
        if (!fields.flag(key)) {
            fields.problem(key, "write true; for the opposite use present or absent");
            return Optional.empty();
        }
        return Optional.of(expectation);
    }
}
