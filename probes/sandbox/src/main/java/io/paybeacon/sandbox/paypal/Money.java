package io.paybeacon.sandbox.paypal;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/** An exact amount. PayPal writes it as a decimal string with the currency's digits. */
record Money(long minor, PayPalCurrency currency) {
    /** For example {@code 10.99}; {@code 1099} in a currency without decimals. */
    String value() {
        return BigDecimal.valueOf(minor, currency.decimals()).toPlainString();
    }

    /** Another amount of the same currency. */
    Money of(long otherMinor) {
        return new Money(otherMinor, currency);
    }

    /** The shape of every amount in the API. */
    JsonObject toJson() {
        return new JsonObject().put("currency_code", currency.code()).put("value", value());
    }

    /** As in the summary of an event, for example {@code $ 10.99 USD}. */
    String inWords() {
        return currency.sign() + " " + value() + " " + currency.code();
    }
}
