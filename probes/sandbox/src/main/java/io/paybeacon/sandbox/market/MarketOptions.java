package io.paybeacon.sandbox.market;

import java.util.Optional;

/**
 * How the marketplace behaves. Shares are fractions of all orders.
 *
 * @param ordersPerSecond mean rate of new orders, Poisson arrivals
 * @param speed divides every wait inside an order (challenge, capture, refund): 60 makes a minute a
 *     second; it does not change {@code ordersPerSecond}
 * @param stuckShare orders that get stuck on purpose: half by an abandoned challenge, half by
 *     withheld terminal webhooks
 * @param declineShare orders whose card is declined
 * @param challengeShare orders whose cardholder must pass a challenge, and does
 * @param manualCaptureShare orders that are authorised first and captured later
 * @param refundShare captured orders that are refunded, in full or in part
 * @param ordersMax orders in all; empty means until stopped
 */
public record MarketOptions(
        double ordersPerSecond,
        double speed,
        double stuckShare,
        double declineShare,
        double challengeShare,
        double manualCaptureShare,
        double refundShare,
        Optional<Long> ordersMax) {
    public MarketOptions {
        if (!(ordersPerSecond > 0 && ordersPerSecond <= 1_000)) {
            throw new IllegalArgumentException(
                    "orders per second must be above 0 and at most 1000, not " + ordersPerSecond);
        }
        if (!(speed >= 1 && speed <= 10_000)) {
            throw new IllegalArgumentException("speed must be from 1 to 10000, not " + speed);
        }
        checkShare("stuck share", stuckShare);
        checkShare("decline share", declineShare);
        checkShare("challenge share", challengeShare);
        checkShare("manual capture share", manualCaptureShare);
        checkShare("refund share", refundShare);
        if (stuckShare + declineShare + challengeShare > 1) {
            throw new IllegalArgumentException(
                    "stuck, decline and challenge shares together must be at most 1");
        }
    }

    /** Two orders a second at real-time waits, 1 % of them stuck. */
    public static MarketOptions defaults() {
        return new MarketOptions(2, 1, 0.01, 0.12, 0.15, 0.4, 0.05, Optional.empty());
    }

    /** The same with another rate. */
    public MarketOptions withOrdersPerSecond(double rate) {
        return new MarketOptions(
                rate,
                speed,
                stuckShare,
                declineShare,
                challengeShare,
                manualCaptureShare,
                refundShare,
                ordersMax);
    }

    /** The same with another speed. */
    public MarketOptions withSpeed(double factor) {
        return new MarketOptions(
                ordersPerSecond,
                factor,
                stuckShare,
                declineShare,
                challengeShare,
                manualCaptureShare,
                refundShare,
                ordersMax);
    }

    /** The same with another share of stuck orders. */
    public MarketOptions withStuckShare(double share) {
        return new MarketOptions(
                ordersPerSecond,
                speed,
                share,
                declineShare,
                challengeShare,
                manualCaptureShare,
                refundShare,
                ordersMax);
    }

    /** The same with another share of refunds. */
    public MarketOptions withRefundShare(double share) {
        return new MarketOptions(
                ordersPerSecond,
                speed,
                stuckShare,
                declineShare,
                challengeShare,
                manualCaptureShare,
                share,
                ordersMax);
    }

    /** The same, ending by itself after that many orders. */
    public MarketOptions withOrdersMax(long orders) {
        return new MarketOptions(
                ordersPerSecond,
                speed,
                stuckShare,
                declineShare,
                challengeShare,
                manualCaptureShare,
                refundShare,
                Optional.of(orders));
    }

    private static void checkShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, not " + share);
        }
    }
}
