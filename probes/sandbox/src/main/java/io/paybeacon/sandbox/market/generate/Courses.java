package io.paybeacon.sandbox.market.generate;

import io.paybeacon.sandbox.market.generate.Course.Authentication;
import io.paybeacon.sandbox.market.generate.Course.Capture;
import io.paybeacon.sandbox.market.generate.Course.Dispute;
import io.paybeacon.sandbox.market.generate.Course.Paid;
import io.paybeacon.sandbox.market.generate.Course.Refund;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Draws the courses of payments whose money moves, or nearly does. */
final class Courses {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** After which the networks let a hold of a card run out, when nobody asked for longer. */
    static final long HOLD_MILLIS = 7 * DAY;

    private static final Shares<String> REASONS =
            Shares.of(
                    List.of(
                            "fraudulent",
                            "product_not_received",
                            "product_unacceptable",
                            "duplicate",
                            "credit_not_processed"),
                    55,
                    20,
                    12,
                    5,
                    8);

    private final Mix mix;

    Courses(Mix mix) {
        this.mix = mix;
    }

    /** What makes a payment more than ordinary. */
    record Wish(
            boolean heldFirst,
            boolean told,
            long capturedMinor,
            boolean undone,
            boolean refundFails,
            boolean plain) {
        /** An ordinary payment of that amount. */
        static Wish ordinary(long amountMinor) {
            return new Wish(false, true, amountMinor, false, false, false);
        }

        /** One to which nothing else happens than what an anomaly needs. */
        static Wish plain(long amountMinor) {
            return new Wish(false, true, amountMinor, false, false, true);
        }

        Wish silent() {
            return new Wish(true, false, capturedMinor, undone, refundFails, plain);
        }

        Wish held() {
            return new Wish(true, told, capturedMinor, undone, refundFails, plain);
        }

        Wish withUndone() {
            return new Wish(true, told, capturedMinor, true, refundFails, plain);
        }

        Wish withFailedRefund() {
            return new Wish(heldFirst, told, capturedMinor, undone, true, plain);
        }
    }

    Authentication authentication(Payer payer, SplittableRandom random) {
        int draw = random.nextInt(1_000);
        if (!payer.card()) {
            return Authentication.NONE;
        }
        return draw < mix.challenged()
                ? Authentication.CHALLENGE
                : draw < mix.challenged() + mix.frictionless()
                        ? Authentication.FRICTIONLESS
                        : Authentication.NONE;
    }

    static long challengeMillis(Authentication authentication, SplittableRandom random) {
        return authentication == Authentication.CHALLENGE
                ? random.nextLong(8 * SECOND, 120 * SECOND)
                : 0;
    }

    /** Money that moves. */
    Paid paid(Authentication authentication, Wish wish, String currency, SplittableRandom random) {
        long challengeMillis = challengeMillis(authentication, random);
        boolean held = wish.heldFirst() || random.nextInt(1_000) < mix.heldFirst();
        boolean parts = held && !wish.plain() && random.nextInt(1_000) < mix.partial();
        long total = wish.capturedMinor();
        Optional<Refund> refund = Optional.empty();
        Optional<Dispute> dispute = Optional.empty();
        if (wish.refundFails()) {
            refund = Optional.of(refund(total, currency, true, random));
        } else if (!wish.plain() && random.nextInt(1_000) < mix.refunded()) {
            refund = Optional.of(refund(total, currency, false, random));
        } else if (!wish.plain() && random.nextInt(1_000) < mix.disputed()) {
            dispute = Optional.of(dispute(total, random));
        }
        return new Paid(
                authentication,
                challengeMillis,
                !held,
                held ? captures(total, parts, currency, random) : List.of(new Capture(0, total)),
                wish.told(),
                wish.undone() ? OptionalLong.of(random.nextLong(HOUR, DAY)) : OptionalLong.empty(),
                refund,
                dispute);
    }

    private static List<Capture> captures(
            long total, boolean parts, String currency, SplittableRandom random) {
        long after =
                random.nextInt(10) < 6
                        ? random.nextLong(10 * MINUTE, 4 * HOUR)
                        : random.nextLong(4 * HOUR, 2 * DAY);
        long first = Prices.share(total, random.nextInt(300, 800), currency);
        if (!parts || first >= total) {
            return List.of(new Capture(after, total));
        }
        return List.of(
                new Capture(after, first), new Capture(random.nextLong(HOUR, DAY), total - first));
    }

    private static Refund refund(
            long total, String currency, boolean fails, SplittableRandom random) {
        long amount =
                random.nextBoolean()
                        ? total
                        : Math.min(total, Prices.share(total, random.nextInt(200, 800), currency));
        return new Refund(
                random.nextLong(HOUR, 14 * DAY), amount, random.nextLong(DAY, 3 * DAY), fails);
    }

    private static Dispute dispute(long total, SplittableRandom random) {
        String reason = REASONS.draw(random);
        boolean warned = reason.equals("fraudulent") && random.nextInt(10) < 7;
        boolean warningOnly = warned && random.nextInt(10) < 4;
        long warnedAfter = random.nextLong(3 * DAY, 20 * DAY);
        return new Dispute(
                warned ? OptionalLong.of(warnedAfter) : OptionalLong.empty(),
                warningOnly
                        ? OptionalLong.empty()
                        : OptionalLong.of(warnedAfter + random.nextLong(DAY, 20 * DAY)),
                reason,
                total,
                random.nextLong(9, 41) * DAY,
                random.nextLong(20 * DAY, 75 * DAY),
                random.nextInt(100) < 32);
    }

    /** A hold that is given free by the merchant. */
    Course.Released voided(Authentication authentication, SplittableRandom random) {
        return new Course.Released(
                authentication,
                challengeMillis(authentication, random),
                random.nextLong(10 * MINUTE, DAY),
                false);
    }

    /** A hold that runs out. */
    Course.Released expired(Authentication authentication, SplittableRandom random) {
        return new Course.Released(
                authentication, challengeMillis(authentication, random), HOLD_MILLIS, true);
    }
}
