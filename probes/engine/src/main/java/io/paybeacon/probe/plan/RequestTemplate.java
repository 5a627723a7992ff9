package io.paybeacon.probe.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request before its variables have values.
 *
 * @param method HTTP method
 * @param address where it goes
 * @param version the version of HTTP that is spoken
 * @param headers in the order of the plan
 * @param auth the Authorization header, null when there is none
 * @param body what is sent
 */
public record RequestTemplate(
        String method,
        Address address,
        Version version,
        List<Field> headers,
        @Nullable Auth auth,
        Body body) {

    /** A name with a value: a header or a form field. Names may repeat. */
    public record Field(String name, Template value) {}

    /** Versions of HTTP. */
    public enum Version {
        /** HTTP/1.1. */
        HTTP_1_1("1.1"),
        /** HTTP/2: by ALPN over TLS, with prior knowledge without. */
        HTTP_2("2");

        private final String label;

        Version(String label) {
            this.label = label;
        }

        /** As it is written in plans. */
        public String label() {
            return label;
        }
    }

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
        requireNonNull(address, "address is null");
        headers = List.copyOf(headers);
    }
}
