package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.market.Checkout.Terms;
import io.paybeacon.sandbox.market.generate.GatewayProfile;
import io.paybeacon.sandbox.market.generate.Incident;
import io.paybeacon.sandbox.market.generate.IncidentKind;
import io.paybeacon.sandbox.market.generate.LifeDraw;
import io.paybeacon.sandbox.market.generate.OrderLife;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The sequence of orders that a seed gives, at times counted from the start of the marketplace.
 * Each order draws from a generator split off for it, so the n-th order of a seed and the same
 * options is always the same. Not thread-safe.
 */
final class OrderPlanner {
    /** The rate is in the options; a profile wants one all the same. */
    private static final int UNUSED_RATE = 1;

    private static final Comparator<Tester> BY_NEXT = Comparator.comparingLong(Tester::nextMillis);

    private final MarketOptions options;
    private final GatewayProfile gateway;
    private final Terms terms;
    private final LifeDraw draw;
    private final SplittableRandom root;
    private final List<Tester> testers = new ArrayList<>();
    private final SplittableRandom testerRandom;
    private long number;
    private double atSeconds;

    /**
     * The sequence from its beginning.
     *
     * @param others the gateways at which an order can be charged again
     */
    OrderPlanner(
            long seed,
            MarketOptions options,
            String gateway,
            Terms terms,
            List<GatewayProfile> others) {
        this.options = options;
        this.terms = terms;
        this.gateway = profile(gateway, terms);
        this.draw = new LifeDraw(seed, others, options.mix(), ofMarket(options.incidents()), true);
        this.root = new SplittableRandom(seed);
        this.atSeconds = waitSeconds(root.split(), options.ordersPerSecond());
        this.testerRandom = new SplittableRandom(~seed);
        options.incidents().stream()
                .filter(incident -> incident.kind() == IncidentKind.CARD_TESTING)
                .filter(incident -> incident.gateway().equals(gateway))
                .map(incident -> new Tester(incident, options.ordersPerSecond(), testerRandom))
                .forEach(testers::add);
        testers.sort(BY_NEXT);
    }

    /** What the gateway does by itself, its faults do. */
    private static List<Incident> ofMarket(List<Incident> incidents) {
        return incidents.stream().filter(incident -> !incident.kind().ofGateway()).toList();
    }

    /** What can be drawn for a gateway. */
    static GatewayProfile profile(String gateway, Terms terms) {
        Set<String> currencies = new LinkedHashSet<>();
        terms.currencies().stream()
                .sorted()
                .forEach(code -> currencies.add(code.toUpperCase(Locale.ROOT)));
        return new GatewayProfile(gateway, UNUSED_RATE, currencies, terms.anomalies());
    }

    /** The next order; {@link OrderLife#atMillis} counts from the start of the marketplace. */
    OrderLife next() {
        boolean testing = testerMillis() < (long) (atSeconds * 1_000);
        SplittableRandom random = root.split();
        OrderLife life;
        if (testing) {
            life = draw.drawTest(number, testerMillis(), gateway, random);
            testers.getFirst().advance(testerRandom);
            testers.sort(BY_NEXT);
        } else {
            long atMillis = (long) (atSeconds * 1_000);
            do {
                life = draw.draw(number, atMillis, gateway, random);
            } while (!life.payments().stream().allMatch(p -> terms.takes().test(p.amountMinor())));
            atSeconds += waitSeconds(root.split(), options.ordersPerSecond());
        }
        number++;
        return life;
    }

    private static double waitSeconds(SplittableRandom random, double perSecond) {
        return -StrictMath.log(1 - random.nextDouble()) / perSecond;
    }

    private long testerMillis() {
        return testers.isEmpty() ? Long.MAX_VALUE : testers.getFirst().nextMillis();
    }

    /** Somebody who tries cards: at full share five times as often as customers come. */
    private static final class Tester {
        private final double perSecond;
        private final long untilMillis;
        private double atSeconds;

        Tester(Incident incident, double ordersPerSecond, SplittableRandom random) {
            this.perSecond = ordersPerSecond * 5 * incident.permille() / 1_000;
            this.untilMillis = incident.untilMillis();
            this.atSeconds = incident.fromMillis() / 1_000.0;
            advance(random);
        }

        void advance(SplittableRandom random) {
            atSeconds += waitSeconds(random, perSecond);
        }

        long nextMillis() {
            long next = (long) (atSeconds * 1_000);
            return next < untilMillis ? next : Long.MAX_VALUE;
        }
    }
}
