package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.market.Checkout.Terms;
import io.paybeacon.sandbox.market.generate.GatewayProfile;
import io.paybeacon.sandbox.market.generate.LifeDraw;
import io.paybeacon.sandbox.market.generate.OrderLife;
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

    private final MarketOptions options;
    private final GatewayProfile gateway;
    private final Terms terms;
    private final LifeDraw draw;
    private final SplittableRandom root;
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
        this.draw = new LifeDraw(seed, others, options.mix(), List.of(), true);
        this.root = new SplittableRandom(seed);
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
        SplittableRandom random = root.split();
        atSeconds += -StrictMath.log(1 - random.nextDouble()) / options.ordersPerSecond();
        OrderLife life;
        do {
            life = draw.draw(number, (long) (atSeconds * 1_000), gateway, random);
        } while (!life.payments().stream().allMatch(p -> terms.takes().test(p.amountMinor())));
        number++;
        return life;
    }
}
