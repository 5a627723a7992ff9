package io.paybeacon.sandbox.card;

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

/** The card processor with its HTTP. */
final class CardDoor implements FakeGateway {
    private final CardProcessor processor;
    private final GatewayApi api;

    CardDoor(CardProcessor processor, ApiResources resources) {
        this.processor = processor;
        this.api = new GatewayApi(resources, new CardDialect(processor, CardFactory.API_KEY));
    }

    @Override
    public void mount(Router router) {
        String all = "/v1/authorizations";
        String one = all + "/:id";
        post(router, all, CardOperation.AUTHORIZATIONS_CREATE);
        get(router, all, CardOperation.AUTHORIZATIONS_SEARCH);
        get(router, one, CardOperation.AUTHORIZATIONS_RETRIEVE);
        post(router, one + "/captures", CardOperation.AUTHORIZATIONS_CAPTURE);
        post(router, one + "/voids", CardOperation.AUTHORIZATIONS_VOID);
        get(router, "/v1/captures/:id", CardOperation.CAPTURES_RETRIEVE);
        post(router, "/v1/captures/:id/refunds", CardOperation.CAPTURES_REFUND);
        get(router, "/v1/refunds/:id", CardOperation.REFUNDS_RETRIEVE);
        api.refuseTheRest(router);
    }

    private void post(Router router, String path, CardOperation operation) {
        api.route(router, HttpMethod.POST, path, operation);
    }

    private void get(Router router, String path, CardOperation operation) {
        api.route(router, HttpMethod.GET, path, operation);
    }

    @Override
    public void mountControl(Router router) {
        router.post("/_sandbox/authorizations/:id/resolve").handler(this::resolve);
        router.post("/_sandbox/authorizations/:id/expire")
                .handler(c -> ControlAnswer.done(c, processor.expire(id(c))));
    }

    private void resolve(RoutingContext context) {
        String outcome = Optional.ofNullable(context.request().getParam("outcome")).orElse("");
        switch (outcome) {
            case "pass" -> ControlAnswer.done(context, processor.resolve(id(context), true));
            case "fail" -> ControlAnswer.done(context, processor.resolve(id(context), false));
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
        return processor.befall(paymentId, aftermath);
    }

    @Override
    public LedgerSnapshot ledger() {
        return processor.ledger();
    }
}
