package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import java.util.Map;

/**
 * Stripe's amounts. They are in the currency's smallest unit, which is that of ISO 4217 but for a
 * few currencies (docs.stripe.com/currencies, "Zero-decimal currencies" and "Special cases").
 */
final class StripeAmounts {
    /** Sent in hundredths, which have to be whole units, though ISO 4217 has no hundredths. */
    private static final Map<String, Long> TOO_FINE = Map.of("ISK", 100L, "UGX", 100L);

    /** Sent in whole units, though ISO 4217 has hundredths. */
    private static final Map<String, Long> TOO_COARSE = Map.of("MGA", 100L);

    private StripeAmounts() {}

    /**
     * The amount in the minor units of ISO 4217.
     *
     * @param path the field, for the error
     * @throws MalformedMessageException if it is negative, beyond the limit, of no currency of ISO
     *     4217, or finer than its currency
     */
    static Money money(long amount, String currency, String path) throws MalformedMessageException {
        if (amount < 0 || amount > Limits.AMOUNT_MINOR_UNITS_MAX) {
            throw bad(path, "an amount below zero or beyond the limit");
        }
        Money sent;
        try {
            sent = Money.of(amount, currency);
        } catch (IllegalArgumentException e) {
            throw bad(path, "the currency is none of ISO 4217");
        }
        long finer = TOO_FINE.getOrDefault(sent.currencyCode(), 1L);
        if (amount % finer != 0) {
            throw bad(path, "a fraction of a currency that has none");
        }
        long coarser = TOO_COARSE.getOrDefault(sent.currencyCode(), 1L);
        return new Money(amount / finer * coarser, sent.currency());
    }

    private static MalformedMessageException bad(String path, String what) {
        return new MalformedMessageException(MalformedReason.BAD_VALUE, path + ": " + what);
    }
}
