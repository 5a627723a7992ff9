package io.paybeacon.server.config.schema;

import io.paybeacon.server.config.schema.Shape.Group;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Writes the declared keys as a JSON Schema (draft 2020-12), for editors and for CI. */
final class JsonSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private JsonSchema() {}

    /** The schema of the whole file, indented, with a line end. */
    static String text() {
        JsonObject schema =
                new JsonObject()
                        .put("$schema", DIALECT)
                        .put("title", "Paybeacon agent")
                        .put("description", "The configuration of the agent, agent.yaml.");
        schema.mergeIn(group(ConfigKeys.DOCUMENT));
        return schema.encodePrettily() + "\n";
    }

    private static JsonObject group(Group group) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        for (Key key : group.keys()) {
            String standard = key.required() ? "" : "\nDefault: " + key.standard();
            properties.put(
                    key.name(),
                    shape(key.shape()).put("description", plain(key.meaning() + standard)));
            if (key.required()) {
                required.add(key.name());
            }
        }
        JsonObject schema =
                new JsonObject()
                        .put("type", "object")
                        .put("additionalProperties", false)
                        .put("properties", properties);
        return required.isEmpty() ? schema : schema.put("required", required);
    }

    private static JsonObject shape(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(text.pattern());
            case Shape.Word word ->
                    new JsonObject().put("type", "string").put("enum", new JsonArray(word.words()));
            case Shape.Whole whole ->
                    new JsonObject()
                            .put("type", "integer")
                            .put("minimum", whole.min())
                            .put("maximum", whole.max());
            case Shape.Span _ -> text(Shape.DURATION_PATTERN);
            case Shape.Flag _ -> new JsonObject().put("type", "boolean");
            case Shape.Reference _ -> text(Shape.REFERENCE_PATTERN);
            case Shape.Scalar _ ->
                    new JsonObject()
                            .put("type", new JsonArray(List.of("string", "number", "boolean")));
            case Shape.OneOrMore many ->
                    anyOf(List.of(shape(many.item()), list(shape(many.item())).put("minItems", 1)));
            case Shape.Items items -> list(shape(items.item()));
            case Group group -> group(group);
            case Shape.Named named ->
                    new JsonObject()
                            .put("type", "object")
                            .put(
                                    "propertyNames",
                                    named.pattern().isEmpty()
                                            ? new JsonObject()
                                            : text(named.pattern()))
                            .put("additionalProperties", shape(named.item()));
            case Shape.Choice choice ->
                    anyOf(choice.groups().stream().map(JsonSchema::group).toList());
        };
    }

    private static JsonObject text(String pattern) {
        JsonObject schema = new JsonObject().put("type", "string").put("minLength", 1);
        return pattern.isEmpty() ? schema : schema.put("pattern", "^(?:" + pattern + ")$");
    }

    private static JsonObject list(JsonObject item) {
        return new JsonObject().put("type", "array").put("items", item);
    }

    private static JsonObject anyOf(List<JsonObject> schemas) {
        return new JsonObject().put("anyOf", new JsonArray(schemas));
    }

    /** Without the marks of Markdown. */
    private static String plain(String text) {
        return text.replace("`", "");
    }
}
