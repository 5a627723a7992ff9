package io.paybeacon.probe.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request before its variables have values.
 *
 * @param method HTTP method
 * @param path path and query on the gateway's base URL; inserted values are percent-encoded
 * @param headers in the order of the plan
 * @param bearer the token of the Authorization header, null when there is none
 * @param body what is sent
 */
public record RequestTemplate(
        String method, Template path, List<Field> headers, @Nullable Template bearer, Body body) {

    /** A name with a value: a header or a form field. Names may repeat. */
    public record Field(String name, Template value) {}

    /** The body of a request. */
    public sealed interface Body {

        /** No body. */
        record None() implements Body {}

        /** {@code application/x-www-form-urlencoded}. */
        record Form(List<Field> fields) implements Body {
            public Form {
                fields = List.copyOf(fields);
            }
        }

        /** {@code application/json}. */
        record Json(JsonTemplate document) implements Body {}

        /** Any other text. */
        record Raw(String contentType, Template text) implements Body {}
    }

    public RequestTemplate {
        requireNonNull(method, "method is null");
        headers = List.copyOf(headers);
    }
}
