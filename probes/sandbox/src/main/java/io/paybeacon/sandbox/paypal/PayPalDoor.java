package io.paybeacon.sandbox.paypal;

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

/** The fake PayPal with its HTTP. */
final class PayPalDoor implements FakeGateway {
    private final PayPalGateway gateway;
    private final Tokens tokens;
    private final SigningCertificate certificate;
    private final GatewayApi api;

    PayPalDoor(
            PayPalGateway gateway,
            Tokens tokens,
            SigningCertificate certificate,
            ApiResources resources,
            PayPalDialect dialect) {
        this.gateway = gateway;
        this.tokens = tokens;
        this.certificate = certificate;
        this.api = new GatewayApi(resources, dialect);
    }

    @Override
    public void mount(Router router) {
        String orders = "/v2/checkout/orders";
        String order = orders + "/:id";
        String authorization = "/v2/payments/authorizations/:id";
        String capture = "/v2/payments/captures/:id";
        post(router, "/v1/oauth2/token", PayPalOperation.OAUTH2_TOKEN);
        post(router, orders, PayPalOperation.ORDERS_CREATE);
        get(router, order, PayPalOperation.ORDERS_GET);
        post(router, order + "/authorize", PayPalOperation.ORDERS_AUTHORIZE);
        post(router, order + "/capture", PayPalOperation.ORDERS_CAPTURE);
        get(router, authorization, PayPalOperation.AUTHORIZATIONS_GET);
        post(router, authorization + "/capture", PayPalOperation.AUTHORIZATIONS_CAPTURE);
        post(router, authorization + "/void", PayPalOperation.AUTHORIZATIONS_VOID);
        post(router, authorization + "/reauthorize", PayPalOperation.AUTHORIZATIONS_REAUTHORIZE);
        get(router, capture, PayPalOperation.CAPTURES_GET);
        post(router, capture + "/refund", PayPalOperation.CAPTURES_REFUND);
        get(router, "/v2/payments/refunds/:id", PayPalOperation.REFUNDS_GET);
        router.get(certificate.path())
                .handler(context ->
                        context.response()
                                .putHeader("Content-Type", "application/x-pem-file")
                                .end(certificate.pem()));
        api.refuseTheRest(router);
    }

    private void get(Router router, String path, PayPalOperation operation) {
        api.route(router, HttpMethod.GET, path, operation);
    }

    private void post(Router router, String path, PayPalOperation operation) {
        api.route(router, HttpMethod.POST, path, operation);
    }

    @Override
    public void mountControl(Router router) {
        router.post("/_sandbox/orders/:id/resolve").handler(this::resolve);
        router.post("/_sandbox/authorizations/:id/expire")
                .handler(c -> ControlAnswer.done(c, gateway.expire(id(c))));
        router.post("/_sandbox/tokens/revoke")
                .handler(c -> {
                    tokens.revokeAll();
                    ControlAnswer.done(c, Optional.empty());
                });
    }

    private void resolve(RoutingContext context) {
        String outcome =
                Optional.ofNullable(context.request().getFormAttribute("outcome"))
                        .or(() -> Optional.ofNullable(context.request().getParam("outcome")))
                        .orElse("");
        String id = id(context);
        switch (outcome) {
            case "pass" -> ControlAnswer.done(context, gateway.payerAnswers(id, true));
            case "fail" -> ControlAnswer.done(context, gateway.payerAnswers(id, false));
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
