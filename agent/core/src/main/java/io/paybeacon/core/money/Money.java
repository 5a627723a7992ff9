package io.paybeacon.core.money;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;

/**
 * An exact amount of one currency.
 *
 * <p>The amount is counted in the currency's minor unit (ISO 4217), so {@code 1099 USD} is 10.99
 * dollars and {@code 500 JPY} is 500 yen. Arithmetic never rounds and throws {@link
 * ArithmeticException} rather than overflow. Immutable.
 *
 * @param minorUnits the amount in minor units; may be negative
 * @param currency the ISO 4217 currency
 */
public record Money(long minorUnits, Currency currency) {
    /**
     * The largest amount that a payment is believed to have, in minor units of any currency: ten
     * trillion dollars. Thousands of such amounts add up without overflow.
     */
    public static final long PLAUSIBLE_MINOR_UNITS_MAX = 1_000_000_000_000_000L;

    public Money {
        Objects.requireNonNull(currency, "currency is null");
    }

    /**
     * Money of the currency with this code.
     *
     * @param currencyCode an ISO 4217 code in any case: gateways send {@code usd} and {@code USD}
     * @throws IllegalArgumentException if the code is not one of ISO 4217
     */
    public static Money of(long minorUnits, String currencyCode) {
        return new Money(minorUnits, Currency.getInstance(currencyCode.toUpperCase(Locale.ROOT)));
    }

    /** Nothing of the given currency. */
    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, same(other).minorUnits), currency);
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, same(other).minorUnits), currency);
    }

    /**
     * The larger of the two.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money max(Money other) {
        return minorUnits >= same(other).minorUnits ? this : other;
    }

    /**
     * Whether a payment can have moved this much: from 0 to {@link #PLAUSIBLE_MINOR_UNITS_MAX}.
     * What a source says is checked by this before it is added to anything.
     */
    public boolean isPlausible() {
        return minorUnits >= 0 && minorUnits <= PLAUSIBLE_MINOR_UNITS_MAX;
    }

    /** Whether there is anything at all, of either sign. */
    public boolean isZero() {
        return minorUnits == 0;
    }

    /** The ISO 4217 code, three upper-case letters. */
    public String currencyCode() {
        return currency.getCurrencyCode();
    }

    /** For people, in major units: {@code 10.99 USD}, {@code 500 JPY}, {@code 1.234 KWD}. */
    @Override
    public String toString() {
        int exponent = Math.max(0, currency.getDefaultFractionDigits());
        return BigDecimal.valueOf(minorUnits, exponent).toPlainString() + " " + currencyCode();
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "cannot combine " + currencyCode() + " with " + other.currencyCode());
        }
        return other;
    }
}
