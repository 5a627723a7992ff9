package io.paybeacon.gateways.message;

import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import java.util.Map;

/**
 * Turns a gateway's whole-number amounts into the minor units of ISO 4217, from which some gateways
 * differ in a few currencies. Immutable.
 *
 * @param tooFine currencies that the gateway sends in smaller units than ISO 4217 has, and how many
 *     of them make one
 * @param tooCoarse currencies that it sends in larger units, and how many of ISO 4217 one makes
 */
public record MinorUnits(Map<String, Long> tooFine, Map<String, Long> tooCoarse) {
    /** A gateway that sends the minor units of ISO 4217. */
    public static final MinorUnits ISO = new MinorUnits(Map.of(), Map.of());

    public MinorUnits {
        tooFine = Map.copyOf(tooFine);
        tooCoarse = Map.copyOf(tooCoarse);
    }

    /**
     * The amount in the minor units of ISO 4217.
     *
     * @param path the field, for the error
     * @throws MalformedMessageException if it is negative, beyond the limit, of no currency of ISO
     *     4217, or finer than its currency
     */
    public Money money(long amount, String currency, String path) throws MalformedMessageException {
        if (amount < 0 || amount > Limits.AMOUNT_MINOR_UNITS_MAX) {
            throw bad(path, "an amount below zero or beyond the limit");
        }
        Money sent;
        try {
            sent = Money.of(amount, currency);
        } catch (IllegalArgumentException e) {
            throw bad(path, "the currency is none of ISO 4217");
        }
        long finer = tooFine.getOrDefault(sent.currencyCode(), 1L);
        if (amount % finer != 0) {
            throw bad(path, "a fraction of a currency that has none");
        }
        long coarser = tooCoarse.getOrDefault(sent.currencyCode(), 1L);
        return new Money(amount / finer * coarser, sent.currency());
    }

    private static MalformedMessageException bad(String path, String what) {
        return new MalformedMessageException(MalformedReason.BAD_VALUE, path + ": " + what);
    }
}
