package io.paybeacon.sandbox.market.generate;

import java.util.SplittableRandom;

/**
 * When orders come in at one gateway: a Poisson process whose rate follows day and week, by
 * thinning. Not thread-safe.
 */
final class Arrivals {
    private static final double HOUR_MILLIS = 3_600_000;

    private final GatewayProfile gateway;
    private final double peakPerMilli;
    private final boolean seasonal;
    private final boolean testing;
    private final long untilMillis;
    private final SplittableRandom random;
    private double atMillis;

    private Arrivals(
            GatewayProfile gateway,
            double peakPerMilli,
            boolean seasonal,
            boolean testing,
            long fromMillis,
            long untilMillis,
            SplittableRandom random) {
        this.gateway = gateway;
        this.peakPerMilli = peakPerMilli;
        this.seasonal = seasonal;
        this.testing = testing;
        this.untilMillis = untilMillis;
        this.random = random;
        this.atMillis = fromMillis;
        advance();
    }

    /** Those of customers. */
    static Arrivals ofCustomers(
            GatewayProfile gateway, long fromMillis, long untilMillis, SplittableRandom random) {
        double mean = gateway.paymentsPerHour() / HOUR_MILLIS;
        return new Arrivals(
                gateway,
                mean * Seasonality.PERMILLE_MAX / 1_000,
                true,
                false,
                fromMillis,
                untilMillis,
                random);
    }

    /** Those of a card tester: at full share five times as many as customers come. */
    static Arrivals ofTester(GatewayProfile gateway, Incident incident, SplittableRandom random) {
        double mean = gateway.paymentsPerHour() / HOUR_MILLIS;
        return new Arrivals(
                gateway,
                mean * 5 * incident.permille() / 1_000,
                false,
                true,
                incident.fromMillis(),
                incident.untilMillis(),
                random);
    }

    /** Epoch milliseconds of the next one; {@link Long#MAX_VALUE} when none comes any more. */
    long nextMillis() {
        return atMillis < untilMillis ? (long) atMillis : Long.MAX_VALUE;
    }

    /** Goes on to the one after. */
    void advance() {
        do {
            // StrictMath: the same on every machine.
            atMillis += -StrictMath.log(1 - random.nextDouble()) / peakPerMilli;
        } while (seasonal
                && atMillis < untilMillis
                && random.nextInt(Seasonality.PERMILLE_MAX)
                        >= Seasonality.permille((long) atMillis));
    }

    GatewayProfile gateway() {
        return gateway;
    }

    boolean testing() {
        return testing;
    }
}
