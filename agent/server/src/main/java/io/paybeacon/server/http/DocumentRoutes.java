package io.paybeacon.server.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The API's document (OpenAPI 3.1), as it was written: {@code /api/v1/openapi.yaml} or JSON. */
final class DocumentRoutes {
    private final Buffer json = read("openapi.json");
    private final Buffer yaml = read("openapi.yaml");

    void mount(Routes routes) {
        routes.mount(
                Operation.OPENAPI_JSON,
                request -> Answers.send(request, 200, "application/json", json));
        // RFC 9512.
        routes.mount(
                Operation.OPENAPI_YAML,
                request -> Answers.send(request, 200, "application/yaml", yaml));
    }

    private static Buffer read(String name) {
        try (InputStream in = DocumentRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
