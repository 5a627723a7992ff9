package io.paybeacon.sandbox.market.generate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What to simulate.
 *
 * @param start when the first order can be placed, the virtual clock
 * @param lasting how long orders are placed
 * @param tail how long is looked at what becomes of them afterwards
 * @param gateways at which is paid; at least one, each of another name
 * @param cardsOnly whether everybody pays by card
 */
public record SimulationOptions(
        long seed,
        Instant start,
        Duration lasting,
        Duration tail,
        List<GatewayProfile> gateways,
        Mix mix,
        List<Incident> incidents,
        boolean cardsOnly) {
    /** Longest time in which orders are placed. */
    public static final Duration LASTING_MAX = Duration.ofDays(3_660);

    public SimulationOptions {
        gateways = List.copyOf(gateways);
        incidents = List.copyOf(incidents);
        if (lasting.isNegative() || lasting.isZero() || lasting.compareTo(LASTING_MAX) > 0) {
            throw new IllegalArgumentException(
                    "orders are placed for more than 0 and at most %d days, not %s"
                            .formatted(LASTING_MAX.toDays(), lasting));
        }
        if (tail.isNegative() || tail.compareTo(LASTING_MAX) > 0) {
            throw new IllegalArgumentException(
                    "the tail is from 0 to %d days, not %s".formatted(LASTING_MAX.toDays(), tail));
        }
        long names = gateways.stream().map(GatewayProfile::name).distinct().count();
        if (gateways.isEmpty() || names != gateways.size()) {
            throw new IllegalArgumentException("no gateway, or two of one name");
        }
    }

    /** Days at the four gateways, each with so many payments an hour, and nothing after them. */
    public static SimulationOptions days(long seed, Instant start, int days, int paymentsPerHour) {
        return new SimulationOptions(
                seed,
                start,
                Duration.ofDays(days),
                Duration.ZERO,
                GatewayProfile.four(paymentsPerHour),
                Mix.usual(),
                List.of(),
                false);
    }

    /** The same with other shares of what happens. */
    public SimulationOptions withMix(Mix value) {
        return new SimulationOptions(
                seed, start, lasting, tail, gateways, value, incidents, cardsOnly);
    }

    /** The same with another tail. */
    public SimulationOptions withTail(Duration value) {
        return new SimulationOptions(
                seed, start, lasting, value, gateways, mix, incidents, cardsOnly);
    }

    /** The same with other incidents. */
    public SimulationOptions withIncidents(List<Incident> value) {
        return new SimulationOptions(seed, start, lasting, tail, gateways, mix, value, cardsOnly);
    }

    /** Epoch milliseconds from which on no order is placed. */
    public long ordersUntilMillis() {
        return start.plus(lasting).toEpochMilli();
    }

    /** Epoch milliseconds after which nothing is looked at. */
    public long untilMillis() {
        return start.plus(lasting).plus(tail).toEpochMilli();
    }
}
