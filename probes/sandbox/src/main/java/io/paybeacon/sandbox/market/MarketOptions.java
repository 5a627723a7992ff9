package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.market.generate.Incident;
import io.paybeacon.sandbox.market.generate.Mix;
import java.util.List;
import java.util.Optional;

/**
 * How the marketplace behaves.
 *
 * @param ordersPerSecond mean rate of new orders, Poisson arrivals
 * @param speed shortens every wait inside an order, which is compressed already: at 1 half a minute
 *     becomes eleven seconds, a day one minute; it does not change {@code ordersPerSecond}
 * @param mix how often what happens to orders
 * @param acrossGateways whether an order can be charged again at another gateway's marketplace
 * @param incidents what goes wrong for a while; their times count from the start of the marketplace
 * @param ordersMax orders in all; empty means until stopped
 */
public record MarketOptions(
        double ordersPerSecond,
        double speed,
        Mix mix,
        boolean acrossGateways,
        List<Incident> incidents,
        Optional<Long> ordersMax) {
    public MarketOptions {
        incidents = List.copyOf(incidents);
        if (!(ordersPerSecond > 0 && ordersPerSecond <= 1_000)) {
            throw new IllegalArgumentException(
                    "orders per second must be above 0 and at most 1000, not " + ordersPerSecond);
        }
        if (!(speed >= 1 && speed <= 10_000)) {
            throw new IllegalArgumentException("speed must be from 1 to 10000, not " + speed);
        }
    }

    /** Two orders a second at the usual waits, 1 % of them stuck and 1 % wrong otherwise. */
    public static MarketOptions defaults() {
        return new MarketOptions(2, 1, Mix.usual(), false, List.of(), Optional.empty());
    }

    /** The same with another rate. */
    public MarketOptions withOrdersPerSecond(double rate) {
        return new MarketOptions(rate, speed, mix, acrossGateways, incidents, ordersMax);
    }

    /** The same with another speed. */
    public MarketOptions withSpeed(double factor) {
        return new MarketOptions(
                ordersPerSecond, factor, mix, acrossGateways, incidents, ordersMax);
    }

    /** The same with another mix. */
    public MarketOptions withMix(Mix value) {
        return new MarketOptions(
                ordersPerSecond, speed, value, acrossGateways, incidents, ordersMax);
    }

    /** The same with another share of orders that get stuck on purpose, from 0 to 1. */
    public MarketOptions withStuckShare(double share) {
        return withMix(mix.withPlanted(permille("stuck share", share), mix.anomalous()));
    }

    /** The same with another share of orders that go wrong otherwise on purpose, from 0 to 1. */
    public MarketOptions withAnomalyShare(double share) {
        return withMix(mix.withPlanted(mix.stuck(), permille("anomaly share", share)));
    }

    /** The same with another share of refunds, from 0 to 1. */
    public MarketOptions withRefundShare(double share) {
        return withMix(mix.withRefunded(permille("refund share", share)));
    }

    /** The same, ending by itself after that many orders. */
    public MarketOptions withOrdersMax(long orders) {
        return new MarketOptions(
                ordersPerSecond, speed, mix, acrossGateways, incidents, Optional.of(orders));
    }

    /** The same, with second charges at the marketplaces of other gateways, or without. */
    public MarketOptions withAcrossGateways(boolean across) {
        return new MarketOptions(ordersPerSecond, speed, mix, across, incidents, ordersMax);
    }

    /** The same with other incidents. */
    public MarketOptions withIncidents(List<Incident> value) {
        return new MarketOptions(ordersPerSecond, speed, mix, acrossGateways, value, ordersMax);
    }

    private static int permille(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, not " + share);
        }
        return (int) Math.round(share * 1_000);
    }
}
