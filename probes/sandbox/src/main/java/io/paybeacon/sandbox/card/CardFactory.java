package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.fault.FaultVocabulary;
import io.paybeacon.sandbox.gateway.FakeGateway;
import io.paybeacon.sandbox.gateway.GatewayEnvironment;
import io.paybeacon.sandbox.gateway.GatewayFactory;
import io.paybeacon.sandbox.gateway.GatewayKind;

/** Makes the card processor. */
public final class CardFactory implements GatewayFactory {
    /** The one key it accepts; nobody can mistake it for a real one. */
    public static final String API_KEY = "card_test_sandbox_not_a_real_key";

    /** A maker of card processors. */
    public CardFactory() {}

    @Override
    public GatewayKind kind() {
        return GatewayKind.CARD;
    }

    @Override
    public FaultVocabulary vocabulary() {
        return CardOperation.VOCABULARY;
    }

    @Override
    public String example(String baseUrl) {
        return "curl -H 'Authorization: Bearer %s' -H 'Content-Type: application/json'"
                        .formatted(API_KEY)
                + " %s/v1/authorizations -d '".formatted(baseUrl)
                + "{\"amount\":{\"value\":1000,\"currency\":\"EUR\"},\"reference\":\"a-1\","
                + "\"card\":{\"number\":\"9999990000000006\",\"expiryMonth\":12,"
                + "\"expiryYear\":2039,\"securityCode\":\"123\"}}'";
    }

    @Override
    public FakeGateway create(GatewayEnvironment environment) {
        return new CardDoor(
                new CardProcessor(environment.seed(), environment.clock(), environment.events()),
                environment.api());
    }
}
