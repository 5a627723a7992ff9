package io.paybeacon.core.order;

import static io.paybeacon.core.output.Metric.ORDERS_PAID;
import static io.paybeacon.core.output.Metric.PAYMENT_FACTS_OVER_LIMIT;
import static io.paybeacon.core.scenario.Facts.collected;
import static io.paybeacon.core.scenario.Facts.held;
import static io.paybeacon.core.scenario.Facts.order;
import static io.paybeacon.core.scenario.Facts.requested;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.OrderEvent.PaymentReported;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the payments for an order come to. */
class OrderStageTest {
    @Test
    @DisplayName("An order is paid when a payment collected all that it asks for, and counts once")
    void paid_once() {
        new Scenario()
                .tell("pi_1", order("o-1"), requested(1000, "ZAR"), held("a", 1000, "ZAR"))
                .expect(ORDERS_PAID, 0)
                .tell("pi_1", collected("c_1", 999, "ZAR"))
                .expect(ORDERS_PAID, 0)
                .tell("pi_1", collected("c_2", 1, "ZAR"))
                .again()
                .expect(ORDERS_PAID, 1)
                .tell("pi_1", collected("c_3", 50, "ZAR"))
                .tell("pi_2", order("o-1"), requested(7, "JPY"), collected("d", 7, "JPY"))
                .expect(ORDERS_PAID, 1);
    }

    @Test
    @DisplayName("Another currency does not pay; nothing asked for is not paid by nothing")
    void not_paid() {
        new Scenario()
                .tell("pi_1", order("o-1"), requested(10, "EUR"), collected("c", 5000, "USD"))
                .tell("pi_2", order("o-2"), requested(0, "EUR"))
                .tell("pi_3", order("o-3"), collected("c", 10, "EUR"))
                .expect(ORDERS_PAID, 0);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5"})
    @DisplayName("Reports in any order, each twice, make the same order")
    void any_order(long seed) {
        List<PaymentReported> reports = new ArrayList<>();
        Scenario origins = new Scenario();
        for (int i = 0; i < 6; i++) {
            origins.later(Duration.ofSeconds(1));
            reports.add(report(origins, "pi_" + i % 2, 100L * i, i == 0 ? null : 100L + i));
        }
        Order straight = apply(reports);
        List<PaymentReported> shuffled = new ArrayList<>(reports);
        shuffled.addAll(reports);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(apply(shuffled)).as("seed %d", seed).isEqualTo(straight);
        assertThat(straight.payments()).hasSize(2);
    }

    @Test
    @DisplayName("An order keeps so many payments; reports on further ones are counted")
    void limit() {
        Scenario scenario = new Scenario();
        for (int i = 0; i < OrderStage.PAYMENTS_MAX + 2; i++) {
            scenario.accept(report(scenario, "pi_" + i, 1, 2L));
        }
        scenario.expect(PAYMENT_FACTS_OVER_LIMIT, 2);
        Order order = scenario.driver().find("order", "o-1", Order.class);
        assertThat(order.payments()).hasSize(OrderStage.PAYMENTS_MAX);
    }

    private static Order apply(List<PaymentReported> reports) {
        Scenario scenario = new Scenario();
        reports.forEach(scenario::accept);
        scenario.expect(ORDERS_PAID, 1);
        return scenario.driver().find("order", "o-1", Order.class);
    }

    private static PaymentReported report(
            Scenario scenario, String payment, long captured, Long requested) {
        var origin = scenario.origin();
        Amounts amounts = Amounts.sum(List.of(Money.of(captured, "KWD")));
        return new PaymentReported(
                origin,
                "o-1",
                Scenario.id(payment),
                requested == null ? null : Stamped.of(Money.of(requested, "KWD"), origin),
                amounts,
                amounts,
                Amounts.NONE,
                Amounts.NONE,
                Amounts.NONE);
    }
}
