package io.paybeacon.probe.plan;

import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;

/** Reads where a request goes: a path on the base URL, or a URL of its own. */
final class AddressReader {

    private final Scope scope;

    AddressReader(Scope scope) {
        this.scope = scope;
    }

    Address read(Fields fields) {
        if (fields.has("url")) {
            if (fields.has("path")) {
                fields.problem("url", "a request has a path or a url; keep one");
            }
            return url(fields, fields.node("url").orElseThrow());
        }
        YamlNode node = fields.node("path").orElse(null);
        if (node == null) {
            fields.missing("path", "write the path on the gateway's base URL, such as /v1/charges");
            return new Address.Path(Template.of(new Value.Text("/")));
        }
        String literal = literal(node);
        if (!literal.startsWith("/") || !isAscii(literal)) {
            fields.problem(
                    "path",
                    "\"%s\" is not a path; begin with / and percent-encode what is not ASCII"
                            .formatted(text(node)));
        }
        return new Address.Path(scope.template(node, fields.path("path")));
    }

    private Address url(Fields fields, YamlNode node) {
        String text = text(node);
        boolean begins = text.startsWith("${") || text.matches("https?://[^/].*");
        if (!begins || !isAscii(literal(node))) {
            fields.problem(
                    "url",
                    "\"%s\" is not a URL; begin with https:// or with a variable".formatted(text));
        }
        return new Address.Url(scope.template(node, fields.path("url")));
    }

    private static String text(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
    }

    private static String literal(YamlNode node) {
        return text(node).replaceAll("\\$\\{[^}]*\\}", "x");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }
}
