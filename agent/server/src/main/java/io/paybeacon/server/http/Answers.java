package io.paybeacon.server.http;

import io.paybeacon.telemetry.HttpRoute;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The forms that answers take, and the routes that give them. */
final class Answers {
    private static final String ROUTE = "paybeacon.route";

    private Answers() {}

    /** Mounts a question at a path: GET and HEAD are answered, every other method is refused. */
    static void question(
            Router router, String path, HttpRoute route, Handler<RoutingContext> answer) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> {
                    context.put(ROUTE, route);
                    answer.handle(context);
                });
        refuseOthers(router, path, route, "GET, HEAD");
    }

    /** Mounts a command at a path: POST is answered, every other method is refused. */
    static void command(
            Router router, String path, HttpRoute route, Handler<RoutingContext> answer) {
        router.post(path)
                .handler(context -> {
                    context.put(ROUTE, route);
                    answer.handle(context);
                });
        refuseOthers(router, path, route, "POST");
    }

    private static void refuseOthers(Router router, String path, HttpRoute route, String allowed) {
        router.route(path)
                .handler(context -> {
                    context.put(ROUTE, route);
                    context.response().putHeader(HttpHeaders.ALLOW, allowed);
                    problem(
                            context,
                            405,
                            "Method not allowed",
                            "This path answers " + allowed + ".");
                });
    }

    /** The value of a parameter of the path, decoded; empty when there is none. */
    static String parameter(RoutingContext context, String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    /** The route that a request was answered by. */
    static HttpRoute route(RoutingContext context) {
        HttpRoute route = context.get(ROUTE);
        return route == null ? HttpRoute.OTHER : route;
    }

    /** Answers 200 with JSON. */
    static void json(RoutingContext context, JsonObject body) {
        send(context, 200, "application/json", body.toBuffer());
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
