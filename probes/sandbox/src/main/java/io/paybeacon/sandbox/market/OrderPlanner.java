package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.market.Checkout.Terms;
import io.paybeacon.sandbox.market.OrderPlan.RefundPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The sequence of orders that a seed gives. Each order draws from a generator split off for it, so
 * the n-th order of a seed and the same options is always the same. Not thread-safe.
 */
final class OrderPlanner {
    private static final Weighted CURRENCIES =
            Weighted.none()
                    .or("zar", 70)
                    .or("usd", 12)
                    .or("eur", 10)
                    .or("gbp", 3)
                    .or("jpy", 3)
                    .or("kwd", 2);
    private static final Weighted BRANDS =
            Weighted.none().or("visa", 55).or("mastercard", 38).or("amex", 7);
    private static final Weighted VISITORS =
            Weighted.none()
                    .or("ZA", 60)
                    .or("GB", 12)
                    .or("US", 12)
                    .or("DE", 8)
                    .or("NA", 5)
                    .or("KE", 3);
    private static final Weighted DECLINES =
            Weighted.none()
                    .or("insufficient_funds", 42)
                    .or("do_not_honor", 22)
                    .or("generic_decline", 10)
                    .or("expired_card", 8)
                    .or("card_velocity_exceeded", 6)
                    .or("incorrect_cvc", 5)
                    .or("fraudulent", 4)
                    .or("lost_card", 3);
    private static final int VENDORS = 40;
    private static final int CUSTOMERS = 5_000;

    private final MarketOptions options;
    private final Weighted currencies;
    private final boolean announcesChallenges;
    private final SplittableRandom root;
    private final String run;
    private long number;
    private double atSeconds;

    /** The sequence from its beginning. */
    OrderPlanner(long seed, MarketOptions options, Terms terms) {
        this.options = options;
        this.currencies = CURRENCIES.only(terms.currencies());
        this.announcesChallenges = terms.announcesChallenges();
        this.root = new SplittableRandom(seed);
        this.run = Long.toString(seed & 0xffffff, 36);
    }

    /** The next order. */
    OrderPlan next() {
        SplittableRandom random = root.split();
        atSeconds += -Math.log(1 - random.nextDouble()) / options.ordersPerSecond();
        String currency = currencies.draw(random);
        long amount = amount(random, currency);
        Journey journey = journey(random);
        Optional<Duration> captureAfter =
                random.nextDouble() < options.manualCaptureShare()
                        ? Optional.of(wait(random, 2_000, 20_000))
                        : Optional.empty();
        return new OrderPlan(
                number++,
                Duration.ofMillis((long) (atSeconds * 1_000)),
                "order_" + run + "_" + number,
                "vendor_" + (1 + random.nextInt(VENDORS)),
                "cust_" + Long.toString(0x10000L + random.nextInt(CUSTOMERS), 36),
                amount,
                currency,
                BRANDS.draw(random),
                country(random, currency),
                captureAfter,
                journey,
                refund(random, journey, amount, currency));
    }

    private Journey journey(SplittableRandom random) {
        double draw = random.nextDouble();
        Duration answer = wait(random, 5_000, 40_000);
        String code = DECLINES.draw(random);
        boolean abandoned = random.nextBoolean();
        double bound = options.stuckShare();
        if (draw < bound) {
            return abandoned && announcesChallenges
                    ? new Journey.Abandoned()
                    : new Journey.Silent();
        }
        bound += options.declineShare();
        if (draw < bound) {
            return new Journey.Declined(code);
        }
        bound += options.challengeShare();
        return draw < bound ? new Journey.Challenged(answer) : new Journey.Approved();
    }

    private Optional<RefundPlan> refund(
            SplittableRandom random, Journey journey, long amount, String currency) {
        boolean wanted = random.nextDouble() < options.refundShare();
        boolean full = random.nextBoolean();
        Duration after = wait(random, 10_000, 90_000);
        boolean paid = journey instanceof Journey.Approved || journey instanceof Journey.Challenged;
        if (!wanted || !paid) {
            return Optional.empty();
        }
        long part = currency.equals("kwd") ? amount / 20 * 10 : amount / 2;
        return Optional.of(new RefundPlan(full || part < 1 ? amount : part, after));
    }

    /** A price in rand cents, brought to the currency by whole-number ratios. */
    private static long amount(SplittableRandom random, String currency) {
        int tier = random.nextInt(10);
        long cents =
                tier < 6
                        ? random.nextLong(5_000, 30_000)
                        : tier < 9
                                ? random.nextLong(30_000, 120_000)
                                : random.nextLong(120_000, 600_000);
        return switch (currency) {
            case "usd" -> cents / 18;
            case "eur" -> cents / 20;
            case "gbp" -> cents / 23;
            case "jpy" -> cents * 8 / 100;
            case "kwd" -> Math.max(1, cents / 59) * 10;
            default -> cents;
        };
    }

    private static String country(SplittableRandom random, String currency) {
        String home =
                switch (currency) {
                    case "usd" -> "US";
                    case "eur" -> "DE";
                    case "gbp" -> "GB";
                    case "jpy" -> "JP";
                    case "kwd" -> "KW";
                    default -> "ZA";
                };
        String visitor = VISITORS.draw(random);
        return random.nextInt(10) == 0 ? visitor : home;
    }

    private Duration wait(SplittableRandom random, long minMillis, long maxMillis) {
        return Duration.ofMillis((long) (random.nextLong(minMillis, maxMillis) / options.speed()));
    }
}
