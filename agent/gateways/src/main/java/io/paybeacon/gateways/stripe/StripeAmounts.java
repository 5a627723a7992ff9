package io.paybeacon.gateways.stripe;

import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MinorUnits;
import java.util.Map;

/**
 * Stripe's amounts. They are in the currency's smallest unit, which is that of ISO 4217 but for a
 * few currencies (docs.stripe.com/currencies, "Zero-decimal currencies" and "Special cases"): two
 * without hundredths are sent in hundredths, and one with hundredths in whole units.
 */
final class StripeAmounts {
    private static final MinorUnits UNITS =
            new MinorUnits(Map.of("ISK", 100L, "UGX", 100L), Map.of("MGA", 100L));

    private StripeAmounts() {}

    /** {@link MinorUnits#money} of an amount that Stripe sent. */
    static Money money(long amount, String currency, String path) throws MalformedMessageException {
        return UNITS.money(amount, currency, path);
    }
}
