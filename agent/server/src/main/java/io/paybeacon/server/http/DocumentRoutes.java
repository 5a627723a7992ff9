package io.paybeacon.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;

/** The API's document (OpenAPI 3.1): {@code /api/v1/openapi.yaml} as it was written, or JSON. */
final class DocumentRoutes {
    private final BlockingCalls calls;

    DocumentRoutes(BlockingCalls calls) {
        this.calls = calls;
    }

    void mount(Routes routes) {
        routes.mount(
                Operation.OPENAPI_JSON,
                request ->
                        calls.answer(
                                request,
                                DocumentRoutes::json,
                                body -> Answers.send(request, 200, "application/json", body)));
        // The type is that of RFC 9512.
        routes.mount(
                Operation.OPENAPI_YAML,
                request ->
                        calls.answer(
                                request,
                                DocumentRoutes::yaml,
                                body -> Answers.send(request, 200, "application/yaml", body)));
    }

    private static Buffer yaml() throws IOException {
        try (InputStream in = DocumentRoutes.class.getResourceAsStream("openapi.yaml")) {
            if (in == null) {
                throw new IOException("openapi.yaml is not on the class path");
            }
            return Buffer.buffer(in.readAllBytes());
        }
    }

    private static Buffer json() throws IOException {
        JsonNode document = new YAMLMapper().readTree(yaml().getBytes());
        return Buffer.buffer(new JsonMapper().writeValueAsBytes(document));
    }
}
