package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.Fault;
import io.paybeacon.sandbox.fault.FaultEngine;
import io.paybeacon.sandbox.fault.FaultParser;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.stripe.StripeGateway;
import io.paybeacon.sandbox.webhook.WebhookCounts;
import io.paybeacon.sandbox.webhook.WebhookEndpoint;
import io.paybeacon.sandbox.webhook.WebhookSender;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The paths under {@code /_sandbox}, which the real gateway does not have. */
final class ControlRoutes {
    private final StripeGateway gateway;
    private final FaultEngine faults;
    private final WebhookSender webhooks;
    private final Supplier<GroundTruth> truth;

    ControlRoutes(
            StripeGateway gateway,
            FaultEngine faults,
            WebhookSender webhooks,
            Supplier<GroundTruth> truth) {
        this.gateway = gateway;
        this.faults = faults;
        this.webhooks = webhooks;
        this.truth = truth;
    }

    void mount(Router router) {
        router.route("/_sandbox/*")
                .handler(BodyHandler.create(false).setBodyLimit(Limits.REQUEST_BODY_BYTES_MAX));
        router.get("/_sandbox/ledger").handler(c -> answer(c, 200, gateway.ledger().toJson()));
        router.get("/_sandbox/ground-truth").handler(c -> answer(c, 200, truth.get().toJson()));
        router.get("/_sandbox/faults").handler(this::listFaults);
        router.post("/_sandbox/faults").handler(this::installFault);
        router.delete("/_sandbox/faults").handler(this::clearFaults);
        router.delete("/_sandbox/faults/:id").handler(this::removeFault);
        router.get("/_sandbox/webhooks").handler(c -> answer(c, 200, counts()));
        router.post("/_sandbox/webhooks").handler(this::register);
        router.post("/_sandbox/payment_intents/:id/resolve").handler(this::resolve);
        router.post("/_sandbox/payment_intents/:id/expire")
                .handler(c -> done(c, gateway.expire(id(c))));
        router.route("/_sandbox/*")
                .handler(c -> refuse(c, 404, "the sandbox has no such path: " + c.request().path()))
                .failureHandler(c ->
                        refuse(
                                c,
                                c.statusCode() < 400 ? 500 : c.statusCode(),
                                "the request could not be read"));
    }

    private void listFaults(RoutingContext context) {
        JsonArray list = new JsonArray();
        for (FaultEngine.Installed installed : faults.list()) {
            list.add(
                    new JsonObject()
                            .put("id", installed.id())
                            .put("fault", installed.fault().describe())
                            .put("matched", installed.matched())
                            .put("struck", installed.struck()));
        }
        answer(context, 200, new JsonObject().put("faults", list));
    }

    private void installFault(RoutingContext context) {
        try {
            Fault fault = parse(json(context));
            String id = faults.install(fault);
            JsonObject body = new JsonObject().put("id", id).put("fault", fault.describe());
            answer(context, 200, body);
        } catch (IllegalArgumentException e) {
            refuse(context, 400, e.getMessage() + ". Grammar: " + FaultParser.grammar());
        } catch (IllegalStateException e) {
            refuse(context, 409, String.valueOf(e.getMessage()));
        }
    }

    private static Fault parse(JsonObject body) {
        if (body.size() == 1 && body.getValue("fault") instanceof String shortForm) {
            return FaultParser.parse(shortForm);
        }
        Map<String, String> fields = new TreeMap<>();
        for (Map.Entry<String, Object> field : body) {
            Object value = field.getValue();
            if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                throw new IllegalArgumentException(
                        "the fault's '" + field.getKey() + "' is neither text, number nor true");
            }
            fields.put(field.getKey(), value.toString());
        }
        return FaultParser.fromFields(fields);
    }

    private void clearFaults(RoutingContext context) {
        faults.clear();
        answer(context, 200, new JsonObject().put("faults", new JsonArray()));
    }

    private void removeFault(RoutingContext context) {
        String id = id(context);
        done(
                context,
                faults.remove(id) ? Optional.empty() : Optional.of("there is no fault " + id));
    }

    private JsonObject counts() {
        WebhookCounts counts = webhooks.counts();
        return new JsonObject()
                .put("events", counts.events())
                .put("delivered", counts.delivered())
                .put("failed_attempts", counts.failedAttempts())
                .put("abandoned", counts.abandoned())
                .put("lost", counts.lost())
                .put("dropped", counts.dropped())
                .put("waiting", counts.waiting());
    }

    private void register(RoutingContext context) {
        try {
            JsonObject body = json(context);
            String url = String.valueOf(body.getValue("url"));
            String secret = String.valueOf(body.getValue("secret", ""));
            webhooks.register(WebhookEndpoint.of(url, secret));
            answer(context, 200, new JsonObject().put("url", url));
        } catch (IllegalArgumentException e) {
            refuse(
                    context,
                    400,
                    e.getMessage() + ". Send {\"url\": \"http://127.0.0.1:...\", \"secret\": ...}");
        } catch (IllegalStateException e) {
            refuse(context, 409, String.valueOf(e.getMessage()));
        }
    }

    private void resolve(RoutingContext context) {
        String outcome =
                Optional.ofNullable(context.request().getFormAttribute("outcome"))
                        .or(() -> Optional.ofNullable(context.request().getParam("outcome")))
                        .orElse("");
        switch (outcome) {
            case "pass" -> done(context, gateway.resolve(id(context), true));
            case "fail" -> done(context, gateway.resolve(id(context), false));
            default -> refuse(context, 400, "outcome must be pass or fail, not '" + outcome + "'");
        }
    }

    private static String id(RoutingContext context) {
        return Optional.ofNullable(context.pathParam("id")).orElse("");
    }

    private static JsonObject json(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            if (body == null) {
                throw new IllegalArgumentException("the body is not a JSON object");
            }
            return body;
        } catch (DecodeException | ClassCastException e) {
            throw new IllegalArgumentException("the body is not a JSON object", e);
        }
    }

    private static void done(RoutingContext context, Optional<String> problem) {
        if (problem.isPresent()) {
            refuse(context, 400, problem.get());
        } else {
            answer(context, 200, new JsonObject().put("ok", true));
        }
    }

    private static void refuse(RoutingContext context, int status, String message) {
        answer(context, status, new JsonObject().put("error", message));
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encodePrettily());
    }
}
