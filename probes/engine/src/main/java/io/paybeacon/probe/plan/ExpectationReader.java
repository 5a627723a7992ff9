package io.paybeacon.probe.plan;

import io.paybeacon.probe.plan.Assertion.Bound;
import io.paybeacon.probe.plan.Assertion.Comparison;
import io.paybeacon.probe.plan.Assertion.Expectation;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a value must be. */
final class ExpectationReader {

    private final Scope scope;

    ExpectationReader(Scope scope) {
        this.scope = scope;
    }

    /** The one expectation among the keys. */
    Optional<Expectation> read(Fields fields) {
        List<String> known = Shape.EXPECTATION.keys();
        List<String> given = known.stream().filter(fields::has).toList();
        if (given.size() != 1) {
            scope.problems()
                    .add(
                            fields.line(),
                            fields.where(),
                            "it needs exactly one of %s, and has %s"
                                    .formatted(
                                            String.join(", ", known),
                                            given.isEmpty() ? "none" : String.join(", ", given)));
            return Optional.empty();
        }
        return expectation(fields, given.getFirst());
    }

    /** The expectation of a mapping that has no other keys. */
    Optional<Expectation> read(Fields parent, String key) {
        return parent.node(key)
                .flatMap(node ->
                        read(
                                Fields.of(
                                        node,
                                        parent.path(key),
                                        Shape.EXPECTATION.keys(),
                                        scope.problems())));
    }

    private Optional<Expectation> expectation(Fields fields, String key) {
        return switch (key) {
            case "equals" -> template(fields, key).map(Expectation.EqualTo::new);
            case "contains" -> template(fields, key).map(Expectation.Contains::new);
            case "oneOf" ->
                    Optional.of(
                            new Expectation.OneOf(
                                    fields.oneOrMore(key).stream()
                                            .map(node -> scope.template(node, fields.path(key)))
                                            .toList()));
            case "present" -> said(fields, key, new Expectation.Present());
            case "absent" -> said(fields, key, new Expectation.Absent());
            case "boolean" -> Optional.of(new Expectation.Is(fields.flag(key)));
            case "matches" ->
                    fields.node(key)
                            .flatMap(node -> scope.pattern(node, fields.path(key)))
                            .map(Expectation.Matches::new);
            case "size" -> {
                List<Bound> bounds = bounds(fields, key);
                yield bounds.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Expectation.Size(bounds));
            }
            default -> compared(fields, key);
        };
    }

    private Optional<Template> template(Fields fields, String key) {
        return fields.node(key).map(node -> scope.template(node, fields.path(key)));
    }

    private Optional<Expectation> compared(Fields fields, String key) {
        Template limit = template(fields, key).orElseThrow();
        @Nullable Value literal = limit.literal().orElse(null);
        if (literal != null && !(literal instanceof Value.Decimal)) {
            fields.problem(
                    key,
                    "it is %s; write a number or a variable that has one"
                            .formatted(Value.show(literal)));
            return Optional.empty();
        }
        return Optional.of(new Expectation.Compared(comparison(key), limit));
    }

    private static Comparison comparison(String key) {
        for (Comparison comparison : Comparison.values()) {
            if (comparison.key().equals(key)) {
                return comparison;
            }
        }
        throw new IllegalArgumentException("Not a comparison: " + key);
    }

    /** A count, or a mapping of limits for one; none, with a problem added, when it is neither. */
    List<Bound> bounds(Fields fields, String key) {
        if (!(fields.node(key).orElse(null) instanceof YamlNode.Mapping mapping)) {
            return fields.wholeNumber(key, 0, Integer.MAX_VALUE)
                    .map(count -> List.of(new Bound(Comparison.EXACTLY, count)))
                    .orElse(List.of());
        }
        return limits(mapping, fields, key);
    }

    /** A mapping of limits for a count. */
    List<Bound> limits(YamlNode node, Fields parent, String key) {
        List<String> known = Shape.BOUNDS.keys();
        Fields fields = Fields.of(node, parent.path(key), known, scope.problems());
        List<Bound> bounds = new ArrayList<>();
        for (String limit : known) {
            fields.wholeNumber(limit, 0, Integer.MAX_VALUE)
                    .ifPresent(count -> bounds.add(new Bound(comparison(limit), count)));
        }
        if (node instanceof YamlNode.Mapping mapping && mapping.entries().isEmpty()) {
            parent.problem(key, "it is empty; write one of " + String.join(", ", known));
        }
        return bounds;
    }

    private static Optional<Expectation> said(Fields fields, String key, Expectation expectation) {
        if (!fields.flag(key)) {
            fields.problem(key, "write true; for the opposite use present or absent");
            return Optional.empty();
        }
        return Optional.of(expectation);
    }
}
