package io.paybeacon.core.order;

import static io.paybeacon.core.event.PaymentStatus.CAPTURED;
import static io.paybeacon.core.output.Resolution.RESOLVED;
import static io.paybeacon.core.scenario.Facts.collected;
import static io.paybeacon.core.scenario.Facts.held;
import static io.paybeacon.core.scenario.Facts.order;
import static io.paybeacon.core.scenario.Facts.payment;
import static io.paybeacon.core.scenario.Facts.refund;
import static io.paybeacon.core.scenario.Facts.requested;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.OrderEvent.Placed;
import io.paybeacon.core.event.OrderEvent.Withdrawn;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Notification;
import io.paybeacon.core.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is found wrong between an order and the payments that pay for it. */
class OrderFindingsTest {
    private static final Duration SETTLE = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofMinutes(15);

    private static Scenario ordered(long minorUnits, String currency) {
        Scenario scenario = new Scenario().at("10:00:00");
        return scenario.accept(
                new Placed(
                        new Origin("shop", "o-1-placed", scenario.now()),
                        "o-1",
                        "customer-5",
                        Money.of(minorUnits, currency),
                        List.of()));
    }

    private static Scenario paid(Scenario scenario, String id, long minorUnits, String currency) {
        return scenario.tell(
                id,
                order("o-1"),
                requested(minorUnits, currency),
                payment(CAPTURED),
                collected("c_" + id, minorUnits, currency));
    }

    @Test
    void an_order_paid_as_ordered_is_right() {
        paid(ordered(1099, "USD"), "pi_1", 1099, "USD").later(Duration.ofDays(1)).expectOpen();
    }

    @Test
    void an_order_paid_in_two_parts_is_right() {
        paid(paid(ordered(1099, "USD"), "pi_1", 1000, "USD"), "pi_2", 99, "USD")
                .later(Duration.ofDays(1))
                .expectOpen();
    }

    @Test
    @DisplayName("The same amount twice is a duplicate until one of the two is given back")
    void duplicate() {
        Scenario scenario =
                paid(paid(ordered(1099, "USD"), "pi_1", 1099, "USD"), "pi_2", 1099, "USD")
                        .later(SETTLE)
                        .expectOpen("duplicate_charge|order|o-1|gw:pi_1|gw:pi_2");
        assertThat(scenario.finding().atStake()).isEqualTo(Money.of(1099, "USD"));
        assertThat(scenario.finding().subject()).isEqualTo("o-1");
        assertThat(scenario.driver().notifications())
                .extracting(Notification::recipient)
                .containsExactlyInAnyOrder("payments", "customer-5");
        scenario.tell("pi_2", refund("r1", 1099, "USD", RefundStatus.PENDING))
                .later(SETTLE)
                .expectOpen("duplicate_charge|")
                .tell("pi_2", refund("r1", 1099, "USD", RefundStatus.SUCCEEDED))
                .expectOpen()
                .expectResolved(RESOLVED);
    }

    @Test
    @DisplayName("A retry at another gateway after a success is a duplicate across gateways")
    void duplicate_across_gateways() {
        Scenario scenario = paid(ordered(1099, "USD"), "pi_1", 1099, "USD");
        scenario.accept(
                        new Observed(
                                new Origin("gw-2", "evt", scenario.now()),
                                new PaymentId("gw-2", "cap_1"),
                                List.of(
                                        order("o-1"),
                                        requested(1099, "USD"),
                                        collected("c", 1099, "USD"))))
                .later(SETTLE)
                .expectOpen("duplicate_charge|order|o-1|gw-2:cap_1|gw:pi_1");
        assertThat(scenario.finding().cause()).contains("two gateways");
    }

    @Test
    @DisplayName("Without the platform's order, the same amount twice is a warning")
    void duplicate_without_order() {
        Scenario scenario = new Scenario().at("10:00:00");
        paid(paid(scenario, "pi_1", 1099, "USD"), "pi_2", 1099, "USD")
                .later(SETTLE)
                .expectOpen("duplicate_charge|order|o-1|gw:pi_1|gw:pi_2");
        Scenario parts = new Scenario().at("10:00:00");
        paid(paid(parts, "pi_1", 1000, "USD"), "pi_2", 99, "USD").later(SETTLE).expectOpen();
    }

    @Test
    void several_payments_that_together_are_too_much() {
        paid(paid(ordered(1099, "USD"), "pi_1", 1099, "USD"), "pi_2", 500, "USD")
                .later(SETTLE)
                .expectOpen("paid_twice|order|o-1|over");
    }

    @Test
    void one_cent_too_much_and_one_too_little() {
        paid(ordered(1099, "USD"), "pi_1", 1100, "USD")
                .later(SETTLE)
                .expectOpen("amount_mismatch|order|o-1|over");
        paid(ordered(1099, "USD"), "pi_1", 1098, "USD")
                .later(GRACE.minusMillis(1))
                .expectOpen()
                .later(Duration.ofMillis(1))
                .expectOpen("amount_mismatch|order|o-1|under");
    }

    @Test
    void a_hold_of_too_much_is_told_before_it_is_collected() {
        ordered(1099, "USD")
                .tell("pi_1", order("o-1"), requested(2000, "USD"), held("h", 2000, "USD"))
                .later(SETTLE)
                .expectOpen("amount_mismatch|order|o-1|over");
    }

    @Test
    void units_mixed_up() {
        paid(ordered(1099, "JPY"), "pi_1", 109_900, "JPY")
                .later(SETTLE)
                .expectOpen("unit_scale_error|order|o-1|gw:pi_1");
        paid(ordered(10_000, "KWD"), "pi_1", 10, "KWD")
                .later(SETTLE)
                .expectOpen("unit_scale_error|order|o-1|gw:pi_1");
    }

    @Test
    void another_currency() {
        paid(ordered(1099, "USD"), "pi_1", 1099, "EUR")
                .later(SETTLE)
                .expectOpen("amount_mismatch|order|o-1|currency|gw:pi_1|EUR");
    }

    @Test
    void an_order_called_off_has_to_be_given_back() {
        Scenario scenario = paid(ordered(1099, "USD"), "pi_1", 1099, "USD").later(SETTLE);
        scenario.accept(new Withdrawn(new Origin("shop", "o-1-off", scenario.now()), "o-1"))
                .later(GRACE)
                .expectOpen("amount_mismatch|order|o-1|withdrawn|gw:pi_1|USD")
                .tell("pi_1", refund("r", 1099, "USD", RefundStatus.SUCCEEDED))
                .later(SETTLE)
                .expectOpen();
    }

    @Test
    @DisplayName("A finding that points at another gateway's payment is open there, not twice")
    void moved_to_another_gateway() {
        Scenario scenario =
                paid(ordered(1099, "USD"), "pi_1", 100, "USD")
                        .later(GRACE)
                        .expectOpen("amount_mismatch|order|o-1|under")
                        .expect(Metric.FINDINGS_OPEN, 1, "amount_mismatch");
        scenario.accept(
                new Observed(
                        new Origin("a-gw", "evt", scenario.now()),
                        new PaymentId("a-gw", "cap_1"),
                        List.of(order("o-1"), collected("c", 200, "USD"))));
        scenario.expectOpen("amount_mismatch|order|o-1|under")
                .expect(Metric.FINDINGS_OPEN, 0, "amount_mismatch");
        assertThat(scenario.finding().gateway()).isEqualTo("a-gw");
    }

    @Test
    void the_order_may_come_after_its_payments() {
        Scenario scenario = new Scenario().at("10:00:00");
        paid(scenario, "pi_1", 1100, "USD").later(SETTLE).expectOpen();
        scenario.accept(
                        new Placed(
                                new Origin("shop", "o-1-placed", scenario.now()),
                                "o-1",
                                "",
                                Money.of(1099, "USD"),
                                List.of()))
                .later(SETTLE)
                .expectOpen("amount_mismatch|order|o-1|over");
    }
}
