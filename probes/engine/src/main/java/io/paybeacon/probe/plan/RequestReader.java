package io.paybeacon.probe.plan;

import io.paybeacon.probe.plan.RequestTemplate.Body;
import io.paybeacon.probe.plan.RequestTemplate.Field;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the request of an http step. */
final class RequestReader {

    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final List<String> BODIES = List.of("form", "json", "raw");
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /** Headers that the engine writes itself; a second one would make the request ambiguous. */
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "content-length", "transfer-encoding", "connection", "traceparent");

    private final Scope scope;

    RequestReader(Scope scope) {
        this.scope = scope;
    }

    RequestTemplate read(Fields http) {
        return new RequestTemplate(
                method(http), path(http), headers(http), bearer(http), body(http));
    }

    private static String method(Fields http) {
        String method = http.text("method", "write one of GET, POST, PUT, PATCH, DELETE, HEAD");
        if (!method.isEmpty() && !METHODS.contains(method)) {
            http.problem(
                    "method",
                    "\"%s\" is not a method; write one of GET, POST, PUT, PATCH, DELETE, HEAD"
                            .formatted(method));
        }
        return method;
    }

    private Template path(Fields http) {
        YamlNode node = http.node("path").orElse(null);
        if (node == null) {
            http.missing("path", "write the path on the gateway's base URL, such as /v1/charges");
            return Template.of(new Value.Text("/"));
        }
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        String literal = text.replaceAll("\\$\\{[^}]*\\}", "x");
        if (!literal.startsWith("/") || !literal.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            http.problem(
                    "path",
                    "\"%s\" is not a path; begin with / and percent-encode what is not ASCII"
                            .formatted(text));
        }
        return scope.template(node, http.path("path"));
    }

    private List<Field> headers(Fields http) {
        List<Field> headers = new ArrayList<>();
        http.entries("headers", "write a mapping of names to values")
                .forEach((name, entry) -> {
                    String where = http.path("headers") + "." + name;
                    if (!name.matches(TOKEN)) {
                        scope.problems().add(entry.keyLine(), where, "it is not a header's name");
                    } else if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                        scope.problems()
                                .add(
                                        entry.keyLine(),
                                        where,
                                        "the engine writes this header itself; leave it out");
                    }
                    headers.add(new Field(name, scope.templateWithSecrets(entry.node(), where)));
                });
        return headers;
    }

    private @Nullable Template bearer(Fields http) {
        YamlNode node = http.node("auth").orElse(null);
        if (node == null) {
            return null;
        }
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        if (!text.matches("bearer \\$\\{secret\\.[^}]+\\}")) {
            http.problem("auth", "write bearer ${secret.name}, with a name of the plan's secrets");
            return null;
        }
        YamlNode token =
                new YamlNode.Scalar(
                        node.line(), new Value.Text(text.substring("bearer ".length())));
        return scope.templateWithSecrets(token, http.path("auth"));
    }

    private Body body(Fields http) {
        List<String> given = BODIES.stream().filter(http::has).toList();
        if (given.size() > 1) {
            http.problem(
                    given.get(1),
                    "a request has one body; keep one of " + String.join(", ", given));
        }
        if (given.isEmpty()) {
            return new Body.None();
        }
        return switch (given.getFirst()) {
            case "form" -> form(http);
            case "json" ->
                    new Body.Json(
                            http.node("json")
                                    .map(node -> json(node, http.path("json")))
                                    .orElseGet(JsonTemplate.Null::new));
            default -> raw(http);
        };
    }

    private Body form(Fields http) {
        List<Field> fields = new ArrayList<>();
        http.nodes("form", "write a mapping of names to values")
                .forEach((name, node) ->
                        fields.add(
                                new Field(
                                        name,
                                        scope.template(node, http.path("form") + "." + name))));
        return new Body.Form(fields);
    }

    private Body raw(Fields http) {
        Optional<YamlNode> node = http.node("raw");
        Fields raw =
                Fields.of(
                        node.orElseThrow(),
                        http.path("raw"),
                        List.of("contentType", "text"),
                        scope.problems());
        String contentType = raw.text("contentType", "write a media type, such as text/xml");
        Template text =
                raw.node("text")
                        .map(child -> scope.template(child, raw.path("text")))
                        .orElseGet(() -> {
                            raw.missing("text", "write the body");
                            return Template.of(new Value.Text(""));
                        });
        return new Body.Raw(contentType, text);
    }

    private JsonTemplate json(YamlNode node, String where) {
        return switch (node) {
            case YamlNode.Nothing _ -> new JsonTemplate.Null();
            case YamlNode.Scalar scalar -> new JsonTemplate.Scalar(scope.template(scalar, where));
            case YamlNode.Items items -> {
                List<JsonTemplate> elements = new ArrayList<>();
                for (YamlNode item : items.items()) {
                    elements.add(json(item, where + "[" + elements.size() + "]"));
                }
                yield new JsonTemplate.Elements(elements);
            }
            case YamlNode.Mapping mapping -> {
                Map<String, JsonTemplate> members = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) ->
                                members.put(key, json(entry.node(), where + "." + key)));
                yield new JsonTemplate.Members(members);
            }
        };
    }
}
