package io.paybeacon.sandbox.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.market.generate.OrderLife;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderPlannerTest {
    private static final MarketOptions OPTIONS =
            MarketOptions.defaults().withOrdersPerSecond(10).withStuckShare(0.05);

    private static final Checkout.Terms EVERYTHING =
            new Checkout.Terms(
                    Set.of("zar", "usd", "eur", "gbp", "jpy", "kwd"),
                    EnumSet.allOf(Anomaly.class),
                    true,
                    true,
                    minor -> true);

    @Test
    void gatewayWithFewCurrenciesAndFewAnomalies_getsWhatItTakesAndTells() {
        Checkout.Terms few =
                new Checkout.Terms(
                        Set.of("usd", "jpy"),
                        EnumSet.of(Anomaly.WEBHOOK_LOST),
                        false,
                        false,
                        minor -> minor % 2 == 0);
        OrderPlanner planner = new OrderPlanner(7, OPTIONS, "card", few, List.of());
        List<OrderPlan> plan = first(planner, few, 2_000);
        assertThat(plan.stream().map(OrderPlan::currency).distinct())
                .containsExactlyInAnyOrder("usd", "jpy");
        assertThat(plan).allMatch(p -> p.amountMinor() % 2 == 0);
        assertThat(share(plan, p -> p.journey() instanceof Journey.Abandoned)).isZero();
        assertThat(share(plan, p -> p.journey() instanceof Journey.Silent)).isBetween(0.03, 0.07);
        assertThat(plan).allMatch(p -> p.captures().size() <= 1);
    }

    @Test
    void sameSeed_plansTheSameOrders() {
        assertThat(lives(1, 500)).isEqualTo(lives(1, 500));
        assertThat(lives(1, 500)).isNotEqualTo(lives(2, 500));
    }

    @Test
    void shares_areAboutWhatWasAskedFor() {
        List<OrderPlan> plan = plan(5, 10_000);
        assertThat(share(plan, p -> p.journey() instanceof Journey.Declined)).isBetween(0.10, 0.14);
        assertThat(share(plan, p -> p.journey() instanceof Journey.Challenged))
                .isBetween(0.11, 0.16);
        assertThat(share(plan, p -> p.journey() instanceof Journey.Abandoned))
                .isBetween(0.01, 0.025);
        assertThat(share(plan, p -> p.journey() instanceof Journey.Pending)).isBetween(0.01, 0.025);
        assertThat(share(plan, p -> p.captures().size() > 1)).isPositive();
        double seconds = plan.getLast().life().atMillis() / 1_000.0;
        assertThat(10_000 / seconds).isBetween(9.5, 10.5);
    }

    @Test
    void orders_areWellFormed() {
        List<OrderPlan> orders = plan(9, 5_000);
        for (OrderPlan order : orders) {
            assertThat(order.amountMinor()).isPositive();
            if (order.currency().equals("kwd")) {
                assertThat(order.amountMinor() % 10).isZero();
            }
            order.refund()
                    .ifPresent(r -> assertThat(r.amountMinor()).isBetween(1L, order.amountMinor()));
            if (!order.captures().isEmpty() && order.anomaly().isEmpty()) {
                assertThat(order.captures().stream().mapToLong(c -> c.amountMinor()).sum())
                        .isEqualTo(order.amountMinor());
            }
        }
        assertThat(orders.stream().map(OrderPlan::orderId).distinct()).hasSize(5_000);
        assertThat(orders.stream().map(OrderPlan::currency).distinct())
                .containsExactlyInAnyOrder("zar", "usd", "eur", "gbp", "jpy", "kwd");
    }

    @ParameterizedTest
    @CsvSource({"1, 30000, 10750", "15, 30000, 716", "15, 172800000, 4107", "500, 1, 1"})
    void pace_isCompressed(double speed, long lifeMillis, long millis) {
        assertThat(new Pace(speed).millis(lifeMillis)).isEqualTo(millis);
    }

    @Test
    void options_outOfRange_areRefused() {
        assertThatThrownBy(() -> MarketOptions.defaults().withOrdersPerSecond(0))
                .hasMessageContaining("orders per second");
        assertThatThrownBy(() -> MarketOptions.defaults().withStuckShare(1.1))
                .hasMessageContaining("stuck share");
        assertThatThrownBy(() -> MarketOptions.defaults().withStuckShare(0.99))
                .hasMessageContaining("together");
        assertThatThrownBy(() -> MarketOptions.defaults().withSpeed(0.5))
                .hasMessageContaining("speed");
    }

    private static double share(List<OrderPlan> plan, Predicate<OrderPlan> those) {
        return plan.stream().filter(those).count() / (double) plan.size();
    }

    private static List<OrderLife> lives(long seed, int orders) {
        OrderPlanner planner = new OrderPlanner(seed, OPTIONS, "stripe", EVERYTHING, List.of());
        return Stream.generate(planner::next).limit(orders).toList();
    }

    private static List<OrderPlan> plan(long seed, int orders) {
        return lives(seed, orders).stream().map(life -> new OrderPlan(life, 0, true)).toList();
    }

    private static List<OrderPlan> first(OrderPlanner planner, Checkout.Terms terms, int orders) {
        return Stream.generate(planner::next)
                .limit(orders)
                .map(life -> new OrderPlan(life, 0, terms.severalCaptures()))
                .toList();
    }
}
