package io.paybeacon.sandbox.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderPlannerTest {
    private static final MarketOptions OPTIONS =
            MarketOptions.defaults().withOrdersPerSecond(10).withStuckShare(0.05);

    private static final Checkout.Terms EVERYTHING =
            new Checkout.Terms(Set.of("zar", "usd", "eur", "gbp", "jpy", "kwd"), true, true);

    @Test
    void gatewayWithFewCurrenciesAndNoWordOfChallenges_getsWhatItTakesAndTells() {
        OrderPlanner planner =
                new OrderPlanner(
                        7, OPTIONS, new Checkout.Terms(Set.of("usd", "jpy"), false, false));
        List<OrderPlan> plan = Stream.generate(planner::next).limit(2_000).toList();
        assertThat(plan.stream().map(OrderPlan::currency).distinct())
                .containsExactlyInAnyOrder("usd", "jpy");
        assertThat(share(plan, Journey.Abandoned.class)).isZero();
        assertThat(share(plan, Journey.Silent.class)).isBetween(0.03, 0.07);
    }

    @Test
    void sameSeed_plansTheSameOrders() {
        assertThat(plan(1, 500)).isEqualTo(plan(1, 500));
        assertThat(plan(1, 500)).isNotEqualTo(plan(2, 500));
    }

    @Test
    void shares_areAboutWhatWasAskedFor() {
        List<OrderPlan> plan = plan(5, 10_000);
        assertThat(share(plan, Journey.Declined.class)).isBetween(0.10, 0.14);
        assertThat(share(plan, Journey.Challenged.class)).isBetween(0.13, 0.17);
        assertThat(share(plan, Journey.Abandoned.class)).isBetween(0.015, 0.035);
        assertThat(share(plan, Journey.Silent.class)).isBetween(0.015, 0.035);
        double seconds = plan.getLast().at().toMillis() / 1_000.0;
        assertThat(10_000 / seconds).isBetween(9.5, 10.5);
    }

    @Test
    void orders_areWellFormed() {
        for (OrderPlan order : plan(9, 5_000)) {
            assertThat(order.amountMinor()).isPositive();
            if (order.currency().equals("kwd")) {
                assertThat(order.amountMinor() % 10).isZero();
            }
            order.refund()
                    .ifPresent(r -> assertThat(r.amountMinor()).isBetween(1L, order.amountMinor()));
            assertThat(order.stuckCause().isPresent())
                    .isEqualTo(
                            order.journey() instanceof Journey.Abandoned
                                    || order.journey() instanceof Journey.Silent);
        }
        assertThat(plan(9, 5_000).stream().map(OrderPlan::orderId).distinct()).hasSize(5_000);
        assertThat(plan(9, 5_000).stream().map(OrderPlan::currency).distinct())
                .containsExactlyInAnyOrder("zar", "usd", "eur", "gbp", "jpy", "kwd");
    }

    @Test
    void options_outOfRange_areRefused() {
        assertThatThrownBy(() -> MarketOptions.defaults().withOrdersPerSecond(0))
                .hasMessageContaining("orders per second");
        assertThatThrownBy(() -> MarketOptions.defaults().withStuckShare(1.1))
                .hasMessageContaining("stuck share");
        assertThatThrownBy(() -> MarketOptions.defaults().withStuckShare(0.9))
                .hasMessageContaining("together");
        assertThatThrownBy(() -> MarketOptions.defaults().withSpeed(0.5))
                .hasMessageContaining("speed");
    }

    private static double share(List<OrderPlan> plan, Class<? extends Journey> journey) {
        long matching = plan.stream().filter(o -> journey.isInstance(o.journey())).count();
        return matching / (double) plan.size();
    }

    private static List<OrderPlan> plan(long seed, int orders) {
        OrderPlanner planner = new OrderPlanner(seed, OPTIONS, EVERYTHING);
        return Stream.generate(planner::next).limit(orders).toList();
    }
}
