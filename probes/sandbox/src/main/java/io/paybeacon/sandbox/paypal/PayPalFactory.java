package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.fault.FaultVocabulary;
import io.paybeacon.sandbox.gateway.FakeGateway;
import io.paybeacon.sandbox.gateway.GatewayEnvironment;
import io.paybeacon.sandbox.gateway.GatewayFactory;
import io.paybeacon.sandbox.gateway.GatewayKind;

/** Makes the fake PayPal. */
public final class PayPalFactory implements GatewayFactory {
    /** The client whose credentials it accepts; neither is a secret. */
    public static final String CLIENT_ID = Tokens.CLIENT_ID;

    /** What belongs to {@link #CLIENT_ID}. */
    public static final String CLIENT_SECRET = Tokens.CLIENT_SECRET;

    /** A maker of gateways that accept {@link #CLIENT_ID}. */
    public PayPalFactory() {}

    @Override
    public GatewayKind kind() {
        return GatewayKind.PAYPAL;
    }

    @Override
    public FaultVocabulary vocabulary() {
        return PayPalOperation.VOCABULARY;
    }

    @Override
    public FakeGateway create(GatewayEnvironment environment) {
        ObjectIds ids = new ObjectIds(environment.seed());
        SigningCertificate certificate = SigningCertificate.create(environment.clock().instant());
        PayPalGateway gateway =
                new PayPalGateway(
                        ids,
                        environment.clock(),
                        new TransmissionSigner(certificate, ids),
                        environment.events(),
                        environment.baseUrl());
        Tokens tokens = new Tokens(ids, environment.clock());
        return new PayPalDoor(
                gateway,
                tokens,
                certificate,
                environment.api(),
                new PayPalDialect(gateway, tokens, ids, new RequestIds(environment.clock())));
    }
}
