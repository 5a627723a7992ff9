package io.paybeacon.probe.plan;

import io.paybeacon.probe.plan.RequestTemplate.Body;
import io.paybeacon.probe.plan.RequestTemplate.Field;
import io.paybeacon.probe.plan.RequestTemplate.Version;
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

/** Reads the request of an http step. */
final class RequestReader {

    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final List<String> BODIES = List.of("form", "json", "raw");

    /** A header's name (RFC 9110, section 5.6.2). */
    static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /** Headers that the engine writes itself; a second one would make the request ambiguous. */
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "content-length", "transfer-encoding", "connection", "traceparent");

    private final Scope scope;

    RequestReader(Scope scope) {
        this.scope = scope;
    }

    RequestTemplate read(Fields http) {
        return new RequestTemplate(
                method(http),
                new AddressReader(scope).read(http),
                version(http),
                headers(http),
                new AuthReader(scope).read(http),
                body(http));
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

    private static Version version(Fields http) {
        String text =
                http.node("version")
                        .map(node ->
                                node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "")
                        .orElse(Version.HTTP_1_1.label());
        for (Version version : Version.values()) {
            if (version.label().equals(text)) {
                return version;
            }
        }
        http.problem("version", "\"%s\" is not a version; write \"1.1\" or \"2\"".formatted(text));
        return Version.HTTP_1_1;
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
                Fields.of(node.orElseThrow(), http.path("raw"), Shape.RAW.keys(), scope.problems());
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
