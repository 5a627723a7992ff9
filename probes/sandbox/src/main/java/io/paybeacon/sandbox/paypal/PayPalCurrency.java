package io.paybeacon.sandbox.paypal;

import java.util.Optional;
import java.util.Set;

/**
 * A currency as PayPal takes it (developer.paypal.com/api/rest/reference/currency-codes).
 *
 * @param code ISO 4217 code
 * @param decimals digits after the point, 0 or 2
 */
record PayPalCurrency(String code, int decimals) {
    private static final Set<String> WITHOUT_DECIMALS = Set.of("HUF", "JPY", "TWD");
    private static final Set<String> WITH_DECIMALS =
            Set.of(
                    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "ILS",
                    "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "USD");

    /** The currency of that code; empty when PayPal does not take it. */
    static Optional<PayPalCurrency> of(String code) {
        if (WITHOUT_DECIMALS.contains(code)) {
            return Optional.of(new PayPalCurrency(code, 0));
        }
        return WITH_DECIMALS.contains(code)
                ? Optional.of(new PayPalCurrency(code, 2))
                : Optional.empty();
    }

    /** The sign that PayPal puts into the texts of its events; the code where there is none. */
    String sign() {
        return switch (code) {
            case "USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD" -> "$";
            case "EUR" -> "\u20ac";
            case "GBP" -> "\u00a3";
            case "JPY" -> "\u00a5";
            default -> code;
        };
    }
}
