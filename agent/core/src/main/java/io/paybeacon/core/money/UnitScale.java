package io.paybeacon.core.money;

import org.jspecify.annotations.Nullable;

/**
 * By how many powers of ten an amount is off: the mark of mixed-up units. A currency has 0 to 4
 * decimals (ISO 4217), so that mistakes of one to three places are seen in practice.
 *
 * @param factor 10, 100 or 1,000
 * @param larger whether the amount is too large, else too small
 */
public record UnitScale(int factor, boolean larger) {
    /**
     * How the actual amount is off from the expected one; null when it is not off by a power of
     * ten, is zero, or has another currency or sign.
     */
    public static @Nullable UnitScale between(Money expected, Money actual) {
        if (!expected.currency().equals(actual.currency())) {
            return null;
        }
        long due = expected.minorUnits();
        long is = actual.minorUnits();
        if (due == 0 || is == 0 || !expected.isPlausible() || !actual.isPlausible()) {
            return null;
        }
        for (int factor = 10; factor <= 1_000; factor *= 10) {
            if (is == due * factor) {
                return new UnitScale(factor, true);
            }
            if (due == is * factor) {
                return new UnitScale(factor, false);
            }
        }
        return null;
    }

    /** Such as {@code 100 times}, or {@code a 100th of}. */
    public String inWords() {
        return larger ? factor + " times" : "a " + factor + "th of";
    }

    /** Such as {@code x100} or {@code /100}. */
    @Override
    public String toString() {
        return (larger ? "x" : "/") + factor;
    }
}
