package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.fault.FaultVocabulary;
import io.paybeacon.sandbox.gateway.FakeGateway;
import io.paybeacon.sandbox.gateway.GatewayEnvironment;
import io.paybeacon.sandbox.gateway.GatewayFactory;
import io.paybeacon.sandbox.gateway.GatewayKind;

/** Makes the fake Adyen. */
public final class AdyenFactory implements GatewayFactory {
    /** A key nobody can mistake for a real one. */
    public static final String API_KEY_DEFAULT = "AQE-sandbox-not-a-real-key";

    /** The one merchant account there is. */
    public static final String MERCHANT_ACCOUNT_DEFAULT = "PaybeaconSandbox";

    private final String apiKey;
    private final String merchantAccount;

    /** A maker of gateways that accept one key for one merchant account. */
    public AdyenFactory(String apiKey, String merchantAccount) {
        this.apiKey = apiKey;
        this.merchantAccount = merchantAccount;
    }

    @Override
    public GatewayKind kind() {
        return GatewayKind.ADYEN;
    }

    @Override
    public FaultVocabulary vocabulary() {
        return AdyenOperation.VOCABULARY;
    }

    @Override
    public String example(String baseUrl) {
        return "curl -H 'X-API-Key: %s' -H 'Content-Type: application/json' %s/v71/payments -d '"
                        .formatted(apiKey.equals(API_KEY_DEFAULT) ? apiKey : "KEY", baseUrl)
                + "{\"merchantAccount\":\"%s\",\"reference\":\"a-1\",".formatted(merchantAccount)
                + "\"amount\":{\"value\":1000,\"currency\":\"EUR\"},"
                + "\"paymentMethod\":{\"type\":\"scheme\","
                + "\"encryptedCardNumber\":\"test_4111111111111111\","
                + "\"encryptedExpiryMonth\":\"test_03\",\"encryptedExpiryYear\":\"test_2030\","
                + "\"encryptedSecurityCode\":\"test_737\"}}'";
    }

    @Override
    public FakeGateway create(GatewayEnvironment environment) {
        return new AdyenDoor(environment, apiKey, merchantAccount);
    }
}
