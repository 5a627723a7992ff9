package io.paybeacon.sandbox.gateway;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Answers of the paths under {@code /_sandbox}, the same for all gateways. */
public final class ControlAnswer {
    private ControlAnswer() {}

    /** Sends a JSON object. */
    public static void send(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encodePrettily());
    }

    /** Sends a reason. */
    public static void refuse(RoutingContext context, int status, String message) {
        send(context, status, new JsonObject().put("error", message));
    }

    /** Sends success, or why it is none. */
    public static void done(RoutingContext context, Optional<String> problem) {
        if (problem.isPresent()) {
            refuse(context, 400, problem.get());
        } else {
            send(context, 200, new JsonObject().put("ok", true));
        }
    }
}
