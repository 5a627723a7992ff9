package io.paybeacon.sandbox.adyen;

import io.vertx.core.json.JsonObject;

/**
 * Money as Adyen writes it.
 *
 * @param valueMinor minor units
 * @param currency ISO 4217, upper case
 */
record Amount(long valueMinor, String currency) {
    Amount withValue(long minor) {
        return new Amount(minor, currency);
    }

    JsonObject toJson() {
        return new JsonObject().put("currency", currency).put("value", valueMinor);
    }
}
