package io.paybeacon.sandbox.market.generate;

/**
 * What a gateway keeps of a capture: 2.9 % and a fixed part, rounded half up to the minor unit. A
 * refund costs nothing and brings nothing back; a dispute costs a fixed fee.
 */
final class Fees {
    private static final long PERMYRIAD = 290;
    private static final long FIXED_RAND_CENTS = 200;
    private static final long DISPUTE_RAND_CENTS = 27_000;

    private Fees() {}

    static long of(long amountMinor, String currency) {
        return (amountMinor * PERMYRIAD + 5_000) / 10_000 + Prices.of(FIXED_RAND_CENTS, currency);
    }

    static long ofDispute(String currency) {
        return Prices.of(DISPUTE_RAND_CENTS, currency);
    }
}
