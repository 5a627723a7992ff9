package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.fault.FaultVocabulary;
import io.paybeacon.sandbox.gateway.FakeGateway;
import io.paybeacon.sandbox.gateway.GatewayEnvironment;
import io.paybeacon.sandbox.gateway.GatewayFactory;
import io.paybeacon.sandbox.gateway.GatewayKind;

/** Makes the fake Stripe. */
public final class StripeFactory implements GatewayFactory {
    /** A key nobody can mistake for a real one. */
    public static final String API_KEY_DEFAULT = "sk_test_sandbox_not_a_real_key";

    private final String apiKey;

    /** A maker of gateways that accept one key. */
    public StripeFactory(String apiKey) {
        this.apiKey = apiKey;
    }

    @Override
    public GatewayKind kind() {
        return GatewayKind.STRIPE;
    }

    @Override
    public FaultVocabulary vocabulary() {
        return StripeOperation.VOCABULARY;
    }

    /** The key is shown only when it is the one that everybody knows. */
    @Override
    public String example(String baseUrl) {
        String key = apiKey.equals(API_KEY_DEFAULT) ? apiKey : "KEY";
        return "curl -u '%s:' %s/v1/payment_intents -d amount=1000 -d currency=zar"
                        .formatted(key, baseUrl)
                + " -d payment_method=pm_card_visa -d confirm=true";
    }

    @Override
    public FakeGateway create(GatewayEnvironment environment) {
        StripeGateway gateway =
                new StripeGateway(environment.seed(), environment.clock(), environment.events());
        return new StripeDoor(gateway, environment.api(), apiKey);
    }
}
