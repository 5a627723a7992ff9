package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.gateway.GatewayKind;

/** A gateway at which a marketplace pays, with what it lets the marketplace in by. */
public sealed interface PaidGateway {
    /** Where its API is, over plain HTTP; no trailing slash. */
    String baseUrl();

    /** Which gateway it is. */
    default GatewayKind kind() {
        return switch (this) {
            case Stripe _ -> GatewayKind.STRIPE;
            case PayPal _ -> GatewayKind.PAYPAL;
            case Adyen _ -> GatewayKind.ADYEN;
            case Card _ -> GatewayKind.CARD;
        };
    }

    /** Stripe, by a test key. */
    record Stripe(String baseUrl, String apiKey) implements PaidGateway {}

    /** PayPal, by the credentials of a REST app. */
    record PayPal(String baseUrl, String clientId, String clientSecret) implements PaidGateway {}

    /** Adyen, by an API key, for a merchant account. */
    record Adyen(String baseUrl, String apiKey, String merchantAccount) implements PaidGateway {}

    /** The card processor of no name, by a key. */
    record Card(String baseUrl, String apiKey) implements PaidGateway {}
}
