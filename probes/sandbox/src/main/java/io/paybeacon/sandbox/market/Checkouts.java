package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.generate.GatewayProfile;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;

/** How the marketplace pays, gateway by gateway. */
final class Checkouts {
    private Checkouts() {}

    static Checkout at(Vertx vertx, PaidGateway gateway) {
        GatewayClient client = new GatewayClient(vertx, gateway.baseUrl());
        return switch (gateway) {
            case PaidGateway.Stripe(String _, String key) -> new StripeCheckout(client, key);
            case PaidGateway.PayPal(String _, String id, String secret) ->
                    new PayPalCheckout(client, id, secret);
            case PaidGateway.Adyen(String _, String key, String account) ->
                    new AdyenCheckout(client, key, account);
            case PaidGateway.Card(String _, String key) -> new CardCheckout(client, key);
        };
    }

    /** What can be paid at each of them. */
    static List<GatewayProfile> profiles() {
        return Arrays.stream(GatewayKind.values())
                .map(kind -> OrderPlanner.profile(kind.wireName(), terms(kind)))
                .toList();
    }

    private static Checkout.Terms terms(GatewayKind kind) {
        return switch (kind) {
            case STRIPE -> StripeCheckout.TERMS;
            case PAYPAL -> PayPalCheckout.TERMS;
            case ADYEN -> AdyenCheckout.TERMS;
            case CARD -> CardCheckout.TERMS;
        };
    }
}
