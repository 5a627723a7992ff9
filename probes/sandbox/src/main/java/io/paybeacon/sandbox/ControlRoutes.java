package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.Fault;
import io.paybeacon.sandbox.fault.FaultEngine;
import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.gateway.ControlAnswer;
import io.paybeacon.sandbox.gateway.FakeGateway;
import io.paybeacon.sandbox.limit.Limits;
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

/** The paths under {@code /_sandbox} of one gateway, which no real gateway has. */
final class ControlRoutes {
    private final FakeGateway gateway;
    private final FaultEngine faults;
    private final WebhookSender webhooks;
    private final Supplier<JsonObject> truth;

    ControlRoutes(
            FakeGateway gateway,
            FaultEngine faults,
            WebhookSender webhooks,
            Supplier<JsonObject> truth) {
        this.gateway = gateway;
        this.faults = faults;
        this.webhooks = webhooks;
        this.truth = truth;
    }

    void mount(Router router) {
        router.route("/_sandbox/*")
                .handler(BodyHandler.create(false).setBodyLimit(Limits.REQUEST_BODY_BYTES_MAX));
        router.get("/_sandbox/ledger")
                .handler(c -> ControlAnswer.send(c, 200, gateway.ledger().toJson()));
        router.get("/_sandbox/ground-truth").handler(c -> ControlAnswer.send(c, 200, truth.get()));
        router.get("/_sandbox/faults").handler(this::listFaults);
        router.post("/_sandbox/faults").handler(this::installFault);
        router.delete("/_sandbox/faults").handler(this::clearFaults);
        router.delete("/_sandbox/faults/:id").handler(this::removeFault);
        router.get("/_sandbox/webhooks").handler(c -> ControlAnswer.send(c, 200, counts()));
        router.post("/_sandbox/webhooks").handler(this::register);
        router.post("/_sandbox/aftermath").handler(this::befall);
        gateway.mountControl(router);
        router.route("/_sandbox/*")
                .handler(c ->
                        ControlAnswer.refuse(
                                c, 404, "the sandbox has no such path: " + c.request().path()))
                .failureHandler(c ->
                        ControlAnswer.refuse(
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
                            .put("active", installed.active())
                            .put("matched", installed.matched())
                            .put("struck", installed.struck()));
        }
        ControlAnswer.send(
                context,
                200,
                new JsonObject().put("faults", list).put("grammar", faults.parser().grammar()));
    }

    private void installFault(RoutingContext context) {
        try {
            Fault fault = parse(json(context));
            String id = faults.install(fault);
            JsonObject body = new JsonObject().put("id", id).put("fault", fault.describe());
            ControlAnswer.send(context, 200, body);
        } catch (IllegalArgumentException e) {
            ControlAnswer.refuse(
                    context, 400, e.getMessage() + ". Grammar: " + faults.parser().grammar());
        } catch (IllegalStateException e) {
            ControlAnswer.refuse(context, 409, String.valueOf(e.getMessage()));
        }
    }

    private Fault parse(JsonObject body) {
        if (body.size() == 1 && body.getValue("fault") instanceof String shortForm) {
            return faults.parser().parse(shortForm);
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
        return faults.parser().fromFields(fields);
    }

    private void clearFaults(RoutingContext context) {
        faults.clear();
        ControlAnswer.send(context, 200, new JsonObject().put("faults", new JsonArray()));
    }

    private void removeFault(RoutingContext context) {
        String id = id(context);
        ControlAnswer.done(
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
            ControlAnswer.send(context, 200, new JsonObject().put("url", url));
        } catch (IllegalArgumentException e) {
            ControlAnswer.refuse(
                    context,
                    400,
                    e.getMessage() + ". Send {\"url\": \"http://127.0.0.1:...\", \"secret\": ...}");
        } catch (IllegalStateException e) {
            ControlAnswer.refuse(context, 409, String.valueOf(e.getMessage()));
        }
    }

    private void befall(RoutingContext context) {
        try {
            JsonObject body = json(context);
            String payment = body.getValue("payment") instanceof String text ? text : "";
            ControlAnswer.done(context, gateway.befall(payment, Aftermath.of(body)));
        } catch (IllegalArgumentException e) {
            ControlAnswer.refuse(context, 400, String.valueOf(e.getMessage()));
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
}
