package io.paybeacon.sandbox.market.generate;

import io.paybeacon.sandbox.market.generate.Course.Authentication;
import io.paybeacon.sandbox.market.generate.Courses.Wish;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Draws orders with all that will happen to them. An order depends on its own generator and its
 * time alone, so that the n-th order of a seed is always the same. Thread-safe.
 */
public final class LifeDraw {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;

    /** Largest amount that the gateways take, in minor units: wrong scales stay below it. */
    private static final long AMOUNT_MINOR_MAX = 99_999_999;

    private static final int UNIT_SCALE = 100;

    private static final Shares<DeclineReason> TESTED =
            Shares.of(
                    List.of(
                            DeclineReason.INVALID_CVC,
                            DeclineReason.INVALID_NUMBER,
                            DeclineReason.SUSPECTED_FRAUD,
                            DeclineReason.DO_NOT_HONOR),
                    40,
                    25,
                    20,
                    15);
    private static final Shares<String> COMPLAINTS =
            Shares.of(
                    List.of("not_received", "charged_twice", "refund_missing", "not_as_described"),
                    45,
                    15,
                    20,
                    20);
    private static final Shares<Integer> STARS =
            Shares.of(List.of(5, 4, 3, 2, 1), 55, 22, 10, 5, 8);

    private final List<GatewayProfile> gateways;
    private final Mix mix;
    private final Incidents incidents;
    private final People people;
    private final Courses courses;
    private final String run;

    /**
     * @param seed only names orders: what happens is drawn from what {@link #draw} is given
     * @param gateways where second charges can go
     * @param cardsOnly whether everybody pays by card
     */
    public LifeDraw(
            long seed,
            List<GatewayProfile> gateways,
            Mix mix,
            List<Incident> incidents,
            boolean cardsOnly) {
        this.gateways = List.copyOf(gateways);
        this.mix = mix;
        this.incidents = new Incidents(incidents);
        this.people = new People(this.incidents, cardsOnly);
        this.courses = new Courses(mix);
        this.run = Long.toString(seed & 0xffffff, 36);
    }

    /**
     * The order of that number.
     *
     * @param random of this order alone
     */
    public OrderLife draw(
            long number, long atMillis, GatewayProfile gateway, SplittableRandom random) {
        Basket basket = people.basket(order(number), gateway, random);
        Payer payer = people.payer(basket.currency(), gateway.name(), atMillis, random);
        Draft draft = new Draft(number, atMillis, gateway, basket, payer, random);
        int draw = random.nextInt(1_000);
        Optional<Course> broken = broken(draft);
        OrderLife life;
        if (broken.isPresent()) {
            life = single(draft, basket.totalMinor(), broken.get(), Optional.empty());
        } else if (draw < mix.stuck() + mix.anomalous()) {
            life = anomalous(draft, draw < mix.stuck());
        } else if (draw < mix.stuck() + mix.anomalous() + mix.declined()) {
            life = declined(draft);
        } else {
            life = ordinary(draft);
        }
        return opinions(life, random);
    }

    /** One try of a card tester; see {@link #draw}. */
    public OrderLife drawTest(
            long number, long atMillis, GatewayProfile gateway, SplittableRandom random) {
        Basket basket = people.testerBasket(order(number), gateway, random);
        Payer payer = people.payer(basket.currency(), gateway.name(), atMillis, random);
        Draft draft = new Draft(number, atMillis, gateway, basket, payer, random);
        Course course =
                random.nextInt(100) < 88
                        ? new Course.Refused(Authentication.NONE, 0, TESTED.draw(random))
                        : courses.paid(
                                Authentication.NONE,
                                Wish.plain(basket.totalMinor()),
                                basket.currency(),
                                random);
        return single(draft, basket.totalMinor(), course, Optional.empty());
    }

    private record Draft(
            long number,
            long atMillis,
            GatewayProfile gateway,
            Basket basket,
            Payer payer,
            SplittableRandom random) {}

    private String order(long number) {
        return "order_" + run + "_" + number;
    }

    private String reference(Draft draft, int attempt) {
        return "pay_" + run + "_" + Long.toString(draft.number(), 36) + (char) ('a' + attempt);
    }

    /** What an incident makes of it, if one hits it. */
    private Optional<Course> broken(Draft draft) {
        Authentication authentication = courses.authentication(draft.payer(), draft.random());
        long challenge = Courses.challengeMillis(authentication, draft.random());
        if (hit(IncidentKind.OUTAGE, draft)) {
            return Optional.of(new Course.Unanswered());
        }
        if (hit(IncidentKind.TECHNICAL_ERRORS, draft)) {
            return refused(authentication, challenge, DeclineReason.PROCESSOR_ERROR);
        }
        if (authentication != Authentication.NONE && hit(IncidentKind.THREE_DS_DOWN, draft)) {
            // The challenge never comes up.
            return refused(Authentication.NONE, 0, DeclineReason.AUTHENTICATION_UNAVAILABLE);
        }
        if (hit(IncidentKind.ISSUER_DECLINES, draft)) {
            return refused(authentication, challenge, DeclineReason.DO_NOT_HONOR);
        }
        return Optional.empty();
    }

    private boolean hit(IncidentKind kind, Draft draft) {
        return incidents
                .hit(kind, draft.gateway().name(), draft.atMillis(), draft.payer(), draft.random())
                .isPresent();
    }

    private static Optional<Course> refused(
            Authentication authentication, long challengeMillis, DeclineReason reason) {
        return Optional.of(new Course.Refused(authentication, challengeMillis, reason));
    }

    private OrderLife ordinary(Draft draft) {
        SplittableRandom random = draft.random();
        Authentication authentication = courses.authentication(draft.payer(), random);
        long total = draft.basket().totalMinor();
        boolean released =
                random.nextInt(1_000) < mix.heldFirst() && random.nextInt(1_000) < mix.released();
        if (hit(IncidentKind.WRONG_SCALE, draft) && total * UNIT_SCALE <= AMOUNT_MINOR_MAX) {
            return wrongAmount(draft, total * UNIT_SCALE, Anomaly.UNIT_SCALE);
        }
        if (hit(IncidentKind.AUTHORISATIONS_EXPIRE, draft)) {
            return single(
                    draft,
                    total,
                    courses.expired(authentication, random),
                    Optional.of(Anomaly.AUTHORISATION_EXPIRED));
        }
        if (hit(IncidentKind.CAPTURES_FAIL, draft)) {
            return paid(draft, Wish.plain(total).withUndone(), Anomaly.CAPTURE_UNDONE);
        }
        if (hit(IncidentKind.REFUNDS_FAIL, draft)) {
            return paid(draft, Wish.plain(total).withFailedRefund(), Anomaly.REFUND_FAILED);
        }
        return single(
                draft,
                total,
                released
                        ? courses.voided(authentication, random)
                        : courses.paid(
                                authentication,
                                Wish.ordinary(total),
                                draft.basket().currency(),
                                random),
                Optional.empty());
    }

    private OrderLife declined(Draft draft) {
        SplittableRandom random = draft.random();
        DeclineReason reason = DeclineReason.draw(random);
        Authentication authentication =
                reason == DeclineReason.AUTHENTICATION_FAILED && draft.payer().card()
                        ? Authentication.CHALLENGE
                        : Authentication.NONE;
        Course first =
                new Course.Refused(
                        authentication, Courses.challengeMillis(authentication, random), reason);
        boolean retried = random.nextInt(1_000) < mix.retried();
        long after = random.nextLong(3 * MINUTE, 9 * MINUTE);
        long total = draft.basket().totalMinor();
        PaymentLife refused = payment(draft, 0, 0, total, first);
        if (!retried) {
            return life(draft, List.of(refused), Optional.empty());
        }
        Course second =
                courses.paid(
                        Authentication.NONE, Wish.plain(total), draft.basket().currency(), random);
        return life(
                draft, List.of(refused, payment(draft, 1, after, total, second)), Optional.empty());
    }

    private OrderLife anomalous(Draft draft, boolean stuck) {
        List<Anomaly> possible =
                draft.gateway().anomalies().stream().filter(a -> a.stuck() == stuck).toList();
        if (possible.isEmpty()) {
            return ordinary(draft);
        }
        Anomaly anomaly = possible.get(draft.random().nextInt(possible.size()));
        long total = draft.basket().totalMinor();
        long step = Prices.step(draft.basket().currency());
        return switch (anomaly) {
            case CHALLENGE_ABANDONED ->
                    single(draft, total, new Course.Abandoned(), Optional.of(anomaly));
            case GATEWAY_PENDING ->
                    single(draft, total, new Course.Pending(), Optional.of(anomaly));
            case WEBHOOK_LOST -> paid(draft, Wish.plain(total).silent(), anomaly);
            case DUPLICATE_AT_GATEWAY -> twice(draft, draft.gateway(), anomaly);
            case DUPLICATE_ACROSS_GATEWAYS -> {
                Optional<GatewayProfile> other = other(draft);
                yield other.isPresent()
                        ? twice(draft, other.get(), anomaly)
                        : twice(draft, draft.gateway(), Anomaly.DUPLICATE_AT_GATEWAY);
            }
            case UNIT_SCALE -> {
                boolean fits = total * UNIT_SCALE <= AMOUNT_MINOR_MAX;
                yield fits
                        ? wrongAmount(draft, total * UNIT_SCALE, anomaly)
                        : wrongAmount(draft, total + step, Anomaly.ONE_UNIT_OFF);
            }
            case ONE_UNIT_OFF -> {
                boolean less = total > step && draft.random().nextBoolean();
                yield wrongAmount(draft, less ? total - step : total + step, anomaly);
            }
            case OVER_CAPTURED -> {
                long more = Prices.share(total, 50, draft.basket().currency());
                yield paid(draft, Wish.plain(total + more).held(), anomaly);
            }
            case CAPTURE_UNDONE -> paid(draft, Wish.plain(total).withUndone(), anomaly);
            case REFUND_FAILED -> paid(draft, Wish.plain(total).withFailedRefund(), anomaly);
            case AUTHORISATION_EXPIRED ->
                    single(
                            draft,
                            total,
                            courses.expired(Authentication.NONE, draft.random()),
                            Optional.of(anomaly));
        };
    }

    private Optional<GatewayProfile> other(Draft draft) {
        List<GatewayProfile> others =
                gateways.stream()
                        .filter(g -> !g.name().equals(draft.gateway().name()))
                        .filter(g -> g.currencies().contains(draft.basket().currency()))
                        .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(others.get(draft.random().nextInt(others.size())));
    }

    private OrderLife paid(Draft draft, Wish wish, Anomaly anomaly) {
        Course course =
                courses.paid(Authentication.NONE, wish, draft.basket().currency(), draft.random());
        return single(draft, draft.basket().totalMinor(), course, Optional.of(anomaly));
    }

    private OrderLife wrongAmount(Draft draft, long asked, Anomaly anomaly) {
        Course course =
                courses.paid(
                        Authentication.NONE,
                        Wish.plain(asked),
                        draft.basket().currency(),
                        draft.random());
        return single(draft, asked, course, Optional.of(anomaly));
    }

    private OrderLife twice(Draft draft, GatewayProfile second, Anomaly anomaly) {
        long total = draft.basket().totalMinor();
        String currency = draft.basket().currency();
        Course once =
                courses.paid(Authentication.NONE, Wish.plain(total), currency, draft.random());
        Course again =
                courses.paid(Authentication.NONE, Wish.plain(total), currency, draft.random());
        long after = draft.random().nextLong(20 * SECOND, 8 * MINUTE);
        PaymentLife repeated =
                new PaymentLife(
                        second.name(), reference(draft, 1), after, draft.payer(), total, again);
        return life(
                draft, List.of(payment(draft, 0, 0, total, once), repeated), Optional.of(anomaly));
    }

    private OrderLife single(
            Draft draft, long askedMinor, Course course, Optional<Anomaly> anomaly) {
        return life(draft, List.of(payment(draft, 0, 0, askedMinor, course)), anomaly);
    }

    private PaymentLife payment(
            Draft draft, int attempt, long afterMillis, long askedMinor, Course course) {
        return new PaymentLife(
                draft.gateway().name(),
                reference(draft, attempt),
                afterMillis,
                draft.payer(),
                askedMinor,
                course);
    }

    private static OrderLife life(
            Draft draft, List<PaymentLife> payments, Optional<Anomaly> anomaly) {
        return new OrderLife(
                draft.number(),
                draft.atMillis(),
                draft.basket(),
                payments,
                anomaly,
                Optional.empty(),
                OptionalInt.empty());
    }

    private OrderLife opinions(OrderLife life, SplittableRandom random) {
        boolean complains =
                random.nextInt(1_000) < mix.complained()
                        || (life.anomaly().isPresent() && random.nextInt(4) == 0);
        String complaint = COMPLAINTS.draw(random);
        boolean rates = random.nextInt(1_000) < mix.rated();
        int stars = STARS.draw(random);
        boolean paid = life.last().course() instanceof Course.Paid;
        return new OrderLife(
                life.number(),
                life.atMillis(),
                life.basket(),
                life.payments(),
                life.anomaly(),
                complains ? Optional.of(complaint) : Optional.empty(),
                rates && paid ? OptionalInt.of(stars) : OptionalInt.empty());
    }
}
