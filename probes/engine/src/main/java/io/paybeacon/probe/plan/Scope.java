package io.paybeacon.probe.plan;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.paybeacon.probe.limits.Limits;
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
    private final Set<String> oauth2Clients = new LinkedHashSet<>();

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

    void declareOAuth2(String name) {
        oauth2Clients.add(name);
    }

    Set<String> oauth2Clients() {
        return oauth2Clients;
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

    /** An amount: {@code ${amount} ${currency}}, {@code 1099 USD}, {@code 10.99 USD major}. */
    SideEffect.AmountTemplate amount(YamlNode node, String where) {
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        String[] words = text.strip().split(" +", -1);
        boolean major = words.length == 3 && words[2].equals("major");
        if (words.length != 2 && !major) {
            problems.add(
                    node.line(),
                    where,
                    "it is not an amount; write minor units and currency, such as 1099 USD or"
                            + " ${amount} ${currency}, or with decimals 10.99 USD major");
            return new SideEffect.AmountTemplate(
                    Template.of(new Value.Decimal("0")),
                    Template.of(new Value.Text("XXX")),
                    SideEffect.Unit.MINOR);
        }
        return new SideEffect.AmountTemplate(
                parse(words[0], node.line(), where),
                parse(words[1], node.line(), where),
                major ? SideEffect.Unit.MAJOR : SideEffect.Unit.MINOR);
    }

    /** An XPath, empty when the node is none. */
    Optional<XmlPath> xmlPath(YamlNode node, String where) {
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        try {
            return Optional.of(XmlPath.parse(text));
        } catch (IllegalArgumentException e) {
            problems.add(node.line(), where, "\"%s\": %s".formatted(text, e.getMessage()));
            return Optional.empty();
        }
    }

    /** A pattern in RE2's syntax, empty when the node is none. */
    Optional<Pattern> pattern(YamlNode node, String where) {
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        if (text.isEmpty() || text.length() > Limits.PATTERN_CHARS_MAX) {
            problems.add(
                    node.line(),
                    where,
                    "write a regular expression of 1 to %d characters"
                            .formatted(Limits.PATTERN_CHARS_MAX));
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            problems.add(
                    node.line(),
                    where,
                    "\"%s\" is not a regular expression of RE2: %s"
                            .formatted(text, e.getDescription()));
            return Optional.empty();
        }
    }

    /** A pattern whose group 1 is the value. */
    Optional<Pattern> patternWithGroup(YamlNode node, String where) {
        Optional<Pattern> pattern = pattern(node, where);
        if (pattern.isPresent() && pattern.get().groupCount() < 1) {
            problems.add(
                    node.line(), where, "put the value in parentheses: group 1 is what is kept");
            return Optional.empty();
        }
        return pattern;
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
