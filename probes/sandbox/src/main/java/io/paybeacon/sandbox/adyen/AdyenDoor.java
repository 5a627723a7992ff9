package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.api.GatewayApi;
import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.gateway.FakeGateway;
import io.paybeacon.sandbox.gateway.GatewayEnvironment;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The fake Adyen with its HTTP. */
public final class AdyenDoor implements FakeGateway {
    private final AdyenGateway gateway;
    private final GatewayApi api;

    AdyenDoor(GatewayEnvironment environment, String apiKey, String merchantAccount) {
        this.gateway = new AdyenGateway(environment, merchantAccount);
        this.api =
                new GatewayApi(
                        environment.api(), new AdyenDialect(gateway, apiKey, merchantAccount));
    }

    @Override
    public void mount(Router router) {
        router.get("/checkoutshopper/threeDS/redirect").handler(this::shopperPage);
        String payments = "/:version/payments";
        String payment = payments + "/:psp";
        route(router, "/:version/paymentMethods", AdyenOperation.PAYMENT_METHODS);
        route(router, payments, AdyenOperation.PAYMENTS);
        route(router, payments + "/details", AdyenOperation.PAYMENTS_DETAILS);
        route(router, payment + "/captures", AdyenOperation.CAPTURES);
        route(router, payment + "/cancels", AdyenOperation.CANCELS);
        route(router, payment + "/refunds", AdyenOperation.REFUNDS);
        route(router, payment + "/reversals", AdyenOperation.REVERSALS);
        route(router, "/:version/cancels", AdyenOperation.TECHNICAL_CANCELS);
        api.refuseTheRest(router);
    }

    private void route(Router router, String path, AdyenOperation operation) {
        api.route(router, HttpMethod.POST, path, operation);
    }

    /**
     * The page on which a shopper answers the issuer. Adyen's asks for a password, and the right
     * one is {@code password}; here it is a parameter.
     */
    private void shopperPage(RoutingContext context) {
        String password = parameter(context, "password");
        Optional<String> psp = ShopperToken.content(parameter(context, "MD"));
        Optional<String> result =
                psp.flatMap(p -> gateway.redirectResult(p, password.equals("password")));
        Optional<String> back = psp.flatMap(gateway::returnUrl);
        if (result.isEmpty() || back.isEmpty()) {
            context.response().setStatusCode(404).end();
            return;
        }
        String separator = back.get().contains("?") ? "&" : "?";
        String encoded = URLEncoder.encode(result.get(), StandardCharsets.UTF_8);
        context.response()
                .setStatusCode(302)
                .putHeader("Location", back.get() + separator + "redirectResult=" + encoded)
                .end();
    }

    private static String parameter(RoutingContext context, String name) {
        return Optional.ofNullable(context.request().getParam(name)).orElse("");
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
