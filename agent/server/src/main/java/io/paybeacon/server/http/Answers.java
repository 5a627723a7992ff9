package io.paybeacon.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The forms that answers take. */
final class Answers {
    private Answers() {}

    /** The value of a parameter of the path, decoded; empty when there is none. */
    static String parameter(RoutingContext context, String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    /** Answers 200 with JSON. */
    static void json(RoutingContext context, JsonObject body) {
        json(context, 200, body);
    }

    /** Answers with JSON. */
    static void json(RoutingContext context, int status, JsonObject body) {
        send(context, status, "application/json", body.toBuffer());
    }

    /**
     * Answers with a problem (RFC 9457).
     *
     * @param detail for people; nothing secret, and nothing that the sender wrote
     */
    static void problem(RoutingContext context, int status, String title, String detail) {
        problem(context, status, title, detail, new JsonObject());
    }

    /**
     * Answers with a problem that has more members (RFC 9457, section 3.2).
     *
     * @param detail for people; nothing secret, and nothing that the sender wrote
     * @param more the members
     */
    static void problem(
            RoutingContext context, int status, String title, String detail, JsonObject more) {
        JsonObject body =
                new JsonObject()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .mergeIn(more);
        send(context, status, "application/problem+json", body.toBuffer());
    }

    /** Answers; does nothing when the client is gone or was answered. */
    static void send(RoutingContext context, int status, String contentType, Buffer body) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
