package io.paybeacon.sandbox;

import io.paybeacon.sandbox.adyen.AdyenFactory;
import io.paybeacon.sandbox.card.CardFactory;
import io.paybeacon.sandbox.gateway.GatewayFactory;
import io.paybeacon.sandbox.paypal.PayPalFactory;
import io.paybeacon.sandbox.stripe.StripeFactory;
import java.util.List;

/** The kinds of gateway the sandbox has: to add one is to add a line. */
final class Gateways {
    private Gateways() {}

    static List<GatewayFactory> all(SandboxOptions options) {
        return List.of(
                new StripeFactory(options.apiKey()),
                new PayPalFactory(),
                new AdyenFactory(
                        AdyenFactory.API_KEY_DEFAULT, AdyenFactory.MERCHANT_ACCOUNT_DEFAULT),
                new CardFactory());
    }
}
