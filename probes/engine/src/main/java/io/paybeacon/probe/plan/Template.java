package io.paybeacon.probe.plan;

import io.paybeacon.probe.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A text with references: {@code ${name}} is a variable, {@code ${run}} the id of the run,
 * {@code ${secret.name}} a secret of the target.
 *
 * @param parts literal texts and references in order
 */
public record Template(List<Part> parts) {

    /** Name of the variable that holds the id of the run. */
    public static final String RUN = "run";

    private static final String SECRET_PREFIX = "secret.";

    /** A piece of a template. */
    public sealed interface Part {}

    /** Text that stands for itself. */
    public record Literal(Value value) implements Part {}

    /** The value of a variable. */
    public record Variable(String name) implements Part {}

    /** A secret of the target. */
    public record SecretReference(String name) implements Part {}

    public Template {
        parts = List.copyOf(parts);
    }

    /** A template without references. */
    public static Template of(Value value) {
        return new Template(List.of(new Literal(value)));
    }

    /**
     * Reads the references of a text. A dollar sign without a brace stands for itself.
     *
     * @throws IllegalArgumentException if a reference is not closed or has no name
     */
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (true) {
            int open = text.indexOf("${", from);
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("\"${\" is not closed by \"}\"");
            }
            String name = text.substring(open + 2, close);
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?")) {
                throw new IllegalArgumentException("\"${" + name + "}\" is not a variable's name");
            }
            if (open > from) {
                parts.add(new Literal(new Value.Text(text.substring(from, open))));
            }
            parts.add(reference(name));
            from = close + 1;
        }
        if (from < text.length() || parts.isEmpty()) {
            parts.add(new Literal(new Value.Text(text.substring(from))));
        }
        return new Template(parts);
    }

    private static Part reference(String name) {
        return name.startsWith(SECRET_PREFIX)
                ? new SecretReference(name.substring(SECRET_PREFIX.length()))
                : new Variable(name);
    }

    /** Its value when it refers to nothing. */
    public Optional<Value> literal() {
        return parts.size() == 1 && parts.getFirst() instanceof Literal literal
                ? Optional.of(literal.value())
                : Optional.empty();
    }

    /** Names of the variables that it refers to. */
    public List<String> variables() {
        return parts.stream()
                .filter(Variable.class::isInstance)
                .map(part -> ((Variable) part).name())
                .toList();
    }

    /** Names of the secrets that it refers to. */
    public List<String> secrets() {
        return parts.stream()
                .filter(SecretReference.class::isInstance)
                .map(part -> ((SecretReference) part).name())
                .toList();
    }

    /**
     * Its value: a lone variable keeps its type, anything composed is text.
     *
     * @param variables gives the value of a variable
     */
    public Value value(Function<String, Value> variables) {
        if (parts.size() == 1) {
            return value(parts.getFirst(), variables);
        }
        return new Value.Text(text(variables, Function.identity()));
    }

    /**
     * Its text, with the values of variables passed through an encoder.
     *
     * @param variables gives the value of a variable
     * @param encoder applied to inserted values, not to the literal text
     */
    public String text(Function<String, Value> variables, Function<String, String> encoder) {
        return parts.stream()
                .map(part ->
                        part instanceof Literal literal
                                ? literal.value().text()
                                : encoder.apply(value(part, variables).text()))
                .collect(Collectors.joining());
    }

    private static Value value(Part part, Function<String, Value> variables) {
        return switch (part) {
            case Literal literal -> literal.value();
            case Variable variable -> variables.apply(variable.name());
            case SecretReference secret -> variables.apply(SECRET_PREFIX + secret.name());
        };
    }
}
