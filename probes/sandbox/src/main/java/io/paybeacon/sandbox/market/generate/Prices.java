package io.paybeacon.sandbox.market.generate;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * Prices. They are drawn in rand cents and brought to their currency by whole-number ratios, which
 * is as exact as a simulation needs and never a fraction.
 */
final class Prices {
    /**
     * How to come from rand cents to minor units.
     *
     * @param stepMinor prices are multiples of it: gateways take no smaller coin
     */
    private record Ratio(long times, long by, long stepMinor) {}

    /** KWD and BHD have three decimals (ISO 4217), of which Stripe wants the last to be 0. */
    private static final Map<String, Ratio> RATIOS =
            Map.of(
                    "ZAR", new Ratio(1, 1, 1),
                    "USD", new Ratio(1, 18, 1),
                    "EUR", new Ratio(1, 20, 1),
                    "GBP", new Ratio(1, 23, 1),
                    "JPY", new Ratio(8, 100, 1),
                    "KWD", new Ratio(10, 59, 10),
                    "BHD", new Ratio(10, 48, 10));

    private Prices() {}

    /** A price of a product: most are small, few are large. */
    static long draw(SplittableRandom random, String currency) {
        int tier = random.nextInt(10);
        long cents =
                tier < 6
                        ? random.nextLong(5_000, 30_000)
                        : tier < 9
                                ? random.nextLong(30_000, 90_000)
                                : random.nextLong(90_000, 300_000);
        return of(cents, currency);
    }

    /** So many rand cents in a currency; at least one step of it. */
    static long of(long randCents, String currency) {
        Ratio ratio = ratio(currency);
        long minor = randCents * ratio.times() / ratio.by();
        return Math.max(ratio.stepMinor(), minor / ratio.stepMinor() * ratio.stepMinor());
    }

    /** A share of an amount, in whole steps of its currency, at least one. */
    static long share(long amountMinor, int permille, String currency) {
        long step = step(currency);
        return Math.max(step, amountMinor * permille / 1_000 / step * step);
    }

    /** The least difference between two prices. */
    static long step(String currency) {
        return ratio(currency).stepMinor();
    }

    /** Whether prices are known in that currency. */
    static boolean knows(String currency) {
        return RATIOS.containsKey(currency);
    }

    private static Ratio ratio(String currency) {
        Ratio ratio = RATIOS.get(currency);
        if (ratio == null) {
            throw new IllegalArgumentException(
                    "no prices in " + currency + "; known: " + RATIOS.keySet());
        }
        return ratio;
    }
}
