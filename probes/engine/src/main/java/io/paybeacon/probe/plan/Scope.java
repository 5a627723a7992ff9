package io.paybeacon.probe.plan;

import io.paybeacon.probe.yaml.Nearest;
import io.paybeacon.probe.yaml.Problems;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a plan may refer to at the point where the reader stands, and the scalars made of it. */
final class Scope {

    private final Problems problems;
    private final Set<String> variables = new LinkedHashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();

    Scope(Problems problems) {
        this.problems = problems;
        variables.add(Template.RUN);
    }

    Problems problems() {
        return problems;
    }

    void declareVariable(String name) {
        variables.add(name);
    }

    void declareSecret(String name) {
        secrets.add(name);
    }

    Set<String> secrets() {
        return secrets;
    }

    /** Reports a variable that does not exist at this point. */
    void checkVariable(String name, int line, String where) {
        if (!variables.contains(name)) {
            problems.add(
                    line,
                    where,
                    "the variable \"%s\" has no value here; %s"
                            .formatted(name, Nearest.suggestion(name, variables)));
        }
    }

    /** A template that stands where a secret may not: bodies and paths get into logs. */
    Template template(YamlNode node, String where) {
        Template template = templateWithSecrets(node, where);
        if (!template.secrets().isEmpty()) {
            problems.add(
                    node.line(),
                    where,
                    "a secret may stand in auth and headers only; move it there");
        }
        return template;
    }

    /** A template that may refer to a secret. */
    Template templateWithSecrets(YamlNode node, String where) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            problems.add(
                    node.line(),
                    where,
                    "it is %s; write a text, a number, or true or false".formatted(node.kind()));
            return Template.of(new Value.Text(""));
        }
        if (!(scalar.value() instanceof Value.Text text)) {
            return Template.of(scalar.value());
        }
        return parse(text.text(), node.line(), where);
    }

    private Template parse(String text, int line, String where) {
        Template template;
        try {
            template = Template.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(line, where, e.getMessage() + "; write ${name}");
            return Template.of(new Value.Text(""));
        }
        template.variables().forEach(name -> checkVariable(name, line, where));
        for (String name : template.secrets()) {
            if (!secrets.contains(name)) {
                problems.add(
                        line,
                        where,
                        "the secret \"%s\" is not declared; add it to the plan's secrets"
                                .formatted(name));
            }
        }
        return template;
    }

    /** An amount such as {@code ${amount} ${currency}} or {@code 1099 USD}. */
    SideEffect.AmountTemplate amount(YamlNode node, String where) {
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        String[] words = text.strip().split(" +", -1);
        if (words.length != 2) {
            problems.add(
                    node.line(),
                    where,
                    "it is not an amount; write minor units and currency, such as 1099 USD or"
                            + " ${amount} ${currency}");
            return new SideEffect.AmountTemplate(
                    Template.of(new Value.Decimal("0")), Template.of(new Value.Text("XXX")));
        }
        return new SideEffect.AmountTemplate(
                parse(words[0], node.line(), where), parse(words[1], node.line(), where));
    }

    /** A JSON path, empty when the node is none. */
    Optional<DocumentPath> path(YamlNode node, String where) {
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        try {
            return Optional.of(DocumentPath.parse(text));
        } catch (IllegalArgumentException e) {
            problems.add(node.line(), where, "\"%s\": %s".formatted(text, e.getMessage()));
            return Optional.empty();
        }
    }
}
