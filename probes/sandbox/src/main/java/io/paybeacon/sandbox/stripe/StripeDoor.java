package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.api.ApiResources;
import io.paybeacon.sandbox.api.GatewayApi;
import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.gateway.ControlAnswer;
import io.paybeacon.sandbox.gateway.FakeGateway;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The fake Stripe with its HTTP. */
public final class StripeDoor implements FakeGateway {
    private final StripeGateway gateway;
    private final GatewayApi api;

    StripeDoor(StripeGateway gateway, ApiResources resources, String apiKey) {
        this.gateway = gateway;
        this.api = new GatewayApi(resources, new StripeDialect(gateway, apiKey));
    }

    /** The gateway without its HTTP. */
    public StripeGateway gateway() {
        return gateway;
    }

    @Override
    public void mount(Router router) {
        String intents = "/v1/payment_intents";
        String intent = intents + "/:id";
        route(router, HttpMethod.POST, intents, StripeOperation.PAYMENT_INTENTS_CREATE);
        route(router, HttpMethod.GET, intents, StripeOperation.PAYMENT_INTENTS_LIST);
        route(router, HttpMethod.GET, intents + "/search", StripeOperation.PAYMENT_INTENTS_SEARCH);
        route(router, HttpMethod.GET, intent, StripeOperation.PAYMENT_INTENTS_RETRIEVE);
        route(
                router,
                HttpMethod.POST,
                intent + "/confirm",
                StripeOperation.PAYMENT_INTENTS_CONFIRM);
        route(
                router,
                HttpMethod.POST,
                intent + "/capture",
                StripeOperation.PAYMENT_INTENTS_CAPTURE);
        route(router, HttpMethod.POST, intent + "/cancel", StripeOperation.PAYMENT_INTENTS_CANCEL);
        route(router, HttpMethod.POST, "/v1/refunds", StripeOperation.REFUNDS_CREATE);
        route(router, HttpMethod.GET, "/v1/refunds", StripeOperation.REFUNDS_LIST);
        route(router, HttpMethod.GET, "/v1/refunds/:id", StripeOperation.REFUNDS_RETRIEVE);
        route(router, HttpMethod.GET, "/v1/charges/:id", StripeOperation.CHARGES_RETRIEVE);
        route(router, HttpMethod.GET, "/v1/balance", StripeOperation.BALANCE_RETRIEVE);
        api.refuseTheRest(router);
    }

    private void route(Router router, HttpMethod method, String path, StripeOperation operation) {
        api.route(router, method, path, operation);
    }

    @Override
    public void mountControl(Router router) {
        router.post("/_sandbox/payment_intents/:id/resolve").handler(this::resolve);
        router.post("/_sandbox/payment_intents/:id/expire")
                .handler(c -> ControlAnswer.done(c, gateway.expire(id(c))));
    }

    private void resolve(RoutingContext context) {
        String outcome =
                Optional.ofNullable(context.request().getFormAttribute("outcome"))
                        .or(() -> Optional.ofNullable(context.request().getParam("outcome")))
                        .orElse("");
        String id = id(context);
        switch (outcome) {
            case "pass" -> ControlAnswer.done(context, gateway.resolve(id, true));
            case "fail" -> ControlAnswer.done(context, gateway.resolve(id, false));
            default ->
                    ControlAnswer.refuse(
                            context, 400, "outcome must be pass or fail, not '" + outcome + "'");
        }
    }

    private static String id(RoutingContext context) {
        return Optional.ofNullable(context.pathParam("id")).orElse("");
    }

    @Override
    public Optional<String> befall(String paymentId, Aftermath aftermath) {
        return gateway.befall(paymentId, aftermath);
    }

    @Override
    public LedgerSnapshot ledger() {
        return gateway.ledger();
    }
}
