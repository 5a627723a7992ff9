package io.paybeacon.core.payment;

import static io.paybeacon.core.event.DeclineCause.INSUFFICIENT_FUNDS;
import static io.paybeacon.core.event.DeclineCause.PROCESSOR_ERROR;
import static io.paybeacon.core.event.PaymentStatus.AUTHORISED;
import static io.paybeacon.core.event.PaymentStatus.CANCELLED;
import static io.paybeacon.core.event.PaymentStatus.CAPTURED;
import static io.paybeacon.core.event.PaymentStatus.CREATED;
import static io.paybeacon.core.event.PaymentStatus.EXPIRED;
import static io.paybeacon.core.event.PaymentStatus.FAILED;
import static io.paybeacon.core.event.PaymentStatus.PARTIALLY_CAPTURED;
import static io.paybeacon.core.event.PaymentStatus.PROCESSING;
import static io.paybeacon.core.output.Metric.GATEWAY_RECENT_ATTEMPTS;
import static io.paybeacon.core.output.Metric.ORDERS_PAID;
import static io.paybeacon.core.output.Metric.PAYMENTS;
import static io.paybeacon.core.output.Metric.PAYMENTS_CREATED;
import static io.paybeacon.core.output.Metric.PAYMENT_ATTEMPTS;
import static io.paybeacon.core.output.Metric.PAYMENT_CAPTURED;
import static io.paybeacon.core.output.Metric.PAYMENT_CORRECTIONS;
import static io.paybeacon.core.output.Metric.PAYMENT_DURATION;
import static io.paybeacon.core.output.Metric.PAYMENT_FACTS_OVER_LIMIT;
import static io.paybeacon.core.output.Metric.PAYMENT_REFUNDED;
import static io.paybeacon.core.output.Metric.WEBHOOK_LAG;
import static io.paybeacon.core.scenario.Facts.attempt;
import static io.paybeacon.core.scenario.Facts.collected;
import static io.paybeacon.core.scenario.Facts.declined;
import static io.paybeacon.core.scenario.Facts.held;
import static io.paybeacon.core.scenario.Facts.method;
import static io.paybeacon.core.scenario.Facts.order;
import static io.paybeacon.core.scenario.Facts.payment;
import static io.paybeacon.core.scenario.Facts.refund;
import static io.paybeacon.core.scenario.Facts.requested;
import static io.paybeacon.core.scenario.Facts.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted of payments, and how often. */
class PaymentCountsTest {
    @Test
    @DisplayName("A card payment from the first word to the capture, each message sent twice")
    void milestones_count_once() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", payment(CREATED), requested(1099, "USD"), method("card"))
                .again()
                .at("10:00:03")
                .tell("pi_1", attempt("ch_1", AUTHORISED), held("ch_1", 1099, "USD"))
                .again()
                .at("10:00:09")
                .tell("pi_1", attempt("ch_1", CAPTURED), collected("ch_1", 1099, "USD"))
                .again()
                .expectStatus("pi_1", CAPTURED)
                .expect(PAYMENTS_CREATED, 1)
                .expect(PAYMENT_ATTEMPTS, 1, "card", "approved")
                .expect(PAYMENT_CAPTURED, 1099, "USD")
                .expectObservations(PAYMENT_DURATION, 1, "approved")
                .expectObservations(WEBHOOK_LAG, 3)
                .expect(PAYMENTS, 0, "created")
                .expect(PAYMENTS, 0, "authorised")
                .expect(PAYMENTS, 1, "captured")
                .expect(PAYMENT_CORRECTIONS, 0);
    }

    @Test
    @DisplayName("Declines: those of the bank and those of technology are told apart")
    void declines() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", payment(CREATED))
                .at("10:00:02")
                .tell("pi_1", declined("ch_1", INSUFFICIENT_FUNDS, "insufficient_funds"))
                .again()
                .expectStatus("pi_1", FAILED)
                .at("10:01:00")
                .tell("pi_1", declined("ch_2", PROCESSOR_ERROR, "processing_error"))
                .at("10:02:00")
                .tell("pi_1", attempt("ch_3", FAILED))
                .at("10:03:00")
                .tell("pi_1", attempt("ch_4", CAPTURED))
                .expectStatus("pi_1", CAPTURED)
                .expect(PAYMENT_ATTEMPTS, 1, "unknown", "declined")
                .expect(PAYMENT_ATTEMPTS, 2, "unknown", "error")
                .expect(PAYMENT_ATTEMPTS, 1, "unknown", "approved");
    }

    @Test
    @DisplayName("A method that no label is kept for counts as other")
    void unknown_method() {
        new Scenario()
                .tell("pi_1", method("blöd\n{x}"), attempt("ch_1", CAPTURED))
                .expect(PAYMENT_ATTEMPTS, 1, "other", "approved");
    }

    @Test
    @DisplayName("A customer who cancels or lets it expire is neither declined nor an error")
    void abandoned() {
        new Scenario()
                .tell("pi_1", payment(CANCELLED))
                .tell("pi_2", payment(EXPIRED))
                .expect(PAYMENT_ATTEMPTS, 1, "unknown", "cancelled")
                .expect(PAYMENT_ATTEMPTS, 1, "unknown", "expired")
                .expect(GATEWAY_RECENT_ATTEMPTS, 2, "abandoned");
    }

    @Test
    @DisplayName(
            "A payment called off after its attempts had their answers is not one more attempt")
    void cancel_after_hold() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", attempt("ch_1", AUTHORISED), held("ch_1", 1099, "USD"))
                .at("10:05:00")
                .tell("pi_1", payment(CANCELLED))
                .expectStatus("pi_1", CANCELLED)
                .expect(PAYMENT_ATTEMPTS, 1, "unknown", "approved")
                .expect(PAYMENT_ATTEMPTS, 0, "unknown", "cancelled")
                .later(Duration.ofDays(30))
                .expectOpen();
    }

    @Test
    @DisplayName("Money that attempt and payment both report is one approval, whoever speaks first")
    void approval_told_twice() {
        new Scenario()
                .tell("pi_1", attempt("ch_1", CAPTURED))
                .tell("pi_1", payment(CAPTURED))
                .expect(PAYMENT_ATTEMPTS, 1, "unknown", "approved");
        new Scenario()
                .tell("pi_1", payment(CAPTURED))
                .tell("pi_1", attempt("ch_1", CAPTURED))
                .expect(PAYMENT_ATTEMPTS, 1, "unknown", "approved");
        new Scenario()
                .tell("pi_1", attempt("ch_1", CAPTURED))
                .tell("pi_1", attempt("ch_2", CAPTURED))
                .expect(PAYMENT_ATTEMPTS, 2, "unknown", "approved");
    }

    @Test
    @DisplayName("An answer that a later message contradicts is a correction, and counts once")
    void corrections() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", attempt("ch_1", FAILED))
                .at("10:00:05")
                .tell("pi_1", attempt("ch_1", AUTHORISED))
                .again()
                .expect(PAYMENT_ATTEMPTS, 1, "unknown", "error")
                .expect(PAYMENT_ATTEMPTS, 0, "unknown", "approved")
                .expect(PAYMENT_CORRECTIONS, 1)
                .tell("pi_1", attempt("ch_1", CANCELLED))
                .expect(PAYMENT_CORRECTIONS, 1)
                .tell("pi_1", attempt("ch_1", CAPTURED))
                .expect(PAYMENT_CORRECTIONS, 2)
                .expectStatus("pi_1", CAPTURED);
    }

    @Test
    @DisplayName("Partial captures add up; a total that is told late or twice adds nothing")
    void partial_captures() {
        Scenario scenario =
                new Scenario()
                        .at("10:00:00")
                        .tell("pi_1", requested(1000, "EUR"), order("o-1"))
                        .tell("pi_1", attempt("ch_1", AUTHORISED), held("ch_1", 1000, "EUR"))
                        .at("10:01:00")
                        .tell(
                                "pi_1",
                                attempt("ch_1", PARTIALLY_CAPTURED),
                                collected("cap_1", 400, "EUR"))
                        .expect(PAYMENT_CAPTURED, 400, "EUR")
                        .expect(ORDERS_PAID, 0)
                        .at("10:02:00")
                        .tell("pi_1", attempt("ch_1", CAPTURED), collected("cap_2", 600, "EUR"))
                        .tell("pi_1", collected("cap_2", 500, "EUR"))
                        .again()
                        .expect(PAYMENT_CAPTURED, 1000, "EUR")
                        .expect(ORDERS_PAID, 1)
                        .expectStatus("pi_1", CAPTURED);
        assertThat(scenario.payment("pi_1").capturedAmounts().entries())
                .containsExactly(Money.of(1000, "EUR"));
    }

    @Test
    @DisplayName("A capture that turned out not to be leaves what was collected, and says so")
    void capture_undone() {
        Payment payment =
                new Scenario()
                        .tell("pi_1", collected("cap_1", 600, "EUR"))
                        .tell("pi_1", undone("cap_1", 600, "EUR"))
                        .again()
                        .expect(PAYMENT_CAPTURED, 600, "EUR")
                        .payment("pi_1");
        assertThat(payment.capturedAmounts().minus(payment.undoneAmounts()).isEmpty()).isTrue();
    }

    @Test
    @DisplayName("A refund counts when it succeeds; one that fails afterwards takes nothing away")
    void refunds() {
        Scenario scenario =
                new Scenario()
                        .tell("pi_1", collected("ch_1", 1000, "USD"))
                        .tell("pi_1", refund("re_1", 300, "USD", RefundStatus.PENDING))
                        .expect(PAYMENT_REFUNDED, 0, "USD")
                        .tell("pi_1", refund("re_1", 300, "USD", RefundStatus.SUCCEEDED))
                        .again()
                        .expect(PAYMENT_REFUNDED, 300, "USD")
                        .tell(
                                "pi_1",
                                refund("re_1", 300, "USD", RefundStatus.FAILED),
                                refund("re_2", 300, "USD", RefundStatus.SUCCEEDED))
                        .expect(PAYMENT_REFUNDED, 600, "USD")
                        .tell("pi_1", refund("re_1", 300, "USD", RefundStatus.SUCCEEDED))
                        .expect(PAYMENT_REFUNDED, 600, "USD");
        assertThat(scenario.payment("pi_1").refundedAmounts().entries())
                .containsExactly(Money.of(300, "USD"));
    }

    @ParameterizedTest
    @CsvSource({"ZAR, 349900, 3499.00 ZAR", "JPY, 500, 500 JPY", "KWD, 1234, 1.234 KWD"})
    void amounts_are_minor_units_of_their_currency(String currency, long minorUnits, String text) {
        Payment payment =
                new Scenario()
                        .tell("pi_1", collected("ch_1", minorUnits, currency))
                        .expect(PAYMENT_CAPTURED, minorUnits, currency)
                        .payment("pi_1");
        assertThat(payment.money().captured().getFirst().amount()).hasToString(text);
    }

    @Test
    @DisplayName("An operation told in two currencies stands there with both, in either order")
    void change_of_currency() {
        Scenario one = new Scenario();
        Scenario other = new Scenario();
        Observed usd = told(one, "evt_a", collected("ch_1", 100, "USD"), order("o-1"));
        Observed zar = told(one, "evt_b", collected("ch_1", 5, "ZAR"));
        one.accept(usd).accept(zar);
        other.accept(zar).accept(usd);

        assertThat(one.payment("pi_1")).isEqualTo(other.payment("pi_1"));
        assertThat(one.driver().states("order")).isEqualTo(other.driver().states("order"));
        one.expect(PAYMENT_CAPTURED, 100, "USD").expect(PAYMENT_CAPTURED, 5, "ZAR");
        other.expect(PAYMENT_CAPTURED, 100, "USD").expect(PAYMENT_CAPTURED, 5, "ZAR");
    }

    private static Observed told(Scenario scenario, String eventId, PaymentFact... facts) {
        Origin origin = new Origin(Scenario.GATEWAY, eventId, scenario.now());
        return new Observed(origin, Scenario.id("pi_1"), List.of(facts));
    }

    @Test
    @DisplayName("Two values in one message have the same winner in either order")
    void ties() {
        Scenario one = new Scenario();
        Scenario other = new Scenario();
        Observed first = told(one, "evt_a", requested(1, "USD"), order("o-1"));
        Observed second = told(one, "evt_a", requested(2, "USD"), order("o-2"));
        one.accept(first).accept(second);
        other.accept(second).accept(first);

        assertThat(one.payment("pi_1")).isEqualTo(other.payment("pi_1"));
    }

    @ParameterizedTest
    @CsvSource({"-1", "1000000000000001", "9223372036854775807", "-9223372036854775808"})
    @DisplayName("An amount that no payment has is counted and changes nothing")
    void hostile_amounts(long minorUnits) {
        Scenario scenario =
                new Scenario()
                        .tell(
                                "pi_1",
                                order("o-1"),
                                requested(minorUnits, "USD"),
                                held("a", minorUnits, "USD"),
                                held("b", minorUnits, "USD"),
                                collected("a", minorUnits, "USD"),
                                collected("b", minorUnits, "USD"),
                                undone("a", minorUnits, "USD"),
                                refund("r", minorUnits, "USD", RefundStatus.SUCCEEDED))
                        .expect(PAYMENT_FACTS_OVER_LIMIT, 7)
                        .tell("pi_1", requested(1000, "USD"), collected("a", 1000, "USD"))
                        .expect(PAYMENT_CAPTURED, 1000, "USD")
                        .expect(ORDERS_PAID, 1);
        assertThat(scenario.payment("pi_1").money().authorised()).isEmpty();
    }

    @Test
    @DisplayName("The largest believable amount, as often as a payment has room, does not overflow")
    void largest_amounts() {
        Scenario scenario = new Scenario().tell("pi_1", order("o-1"));
        for (int i = 0; i < PaymentJoin.PARTS_MAX; i++) {
            scenario.tell("pi_1", collected("c" + i, Money.PLAUSIBLE_MINOR_UNITS_MAX, "USD"));
        }
        scenario.expect(
                PAYMENT_CAPTURED, PaymentJoin.PARTS_MAX * Money.PLAUSIBLE_MINOR_UNITS_MAX, "USD");
    }

    @Test
    @DisplayName("A payment keeps so many parts of each kind; further ones are counted")
    void limits() {
        Scenario scenario = new Scenario();
        for (int i = 0; i < PaymentJoin.PARTS_MAX + 3; i++) {
            scenario.tell(
                    "pi_1",
                    attempt("ch_" + i, FAILED),
                    held("a_" + i, 1, "USD"),
                    collected("c_" + i, 1, "USD"),
                    undone("u_" + i, 1, "USD"),
                    refund("r_" + i, 1, "USD", RefundStatus.SUCCEEDED));
        }
        scenario.expect(PAYMENT_FACTS_OVER_LIMIT, 15)
                .tell("pi_1", attempt("ch_0", CAPTURED))
                .expect(PAYMENT_FACTS_OVER_LIMIT, 15)
                .expectStatus("pi_1", CAPTURED);
        Payment payment = scenario.payment("pi_1");
        assertThat(
                        List.of(
                                payment.attempts(),
                                payment.money().authorised(),
                                payment.money().captured()))
                .allSatisfy(parts -> assertThat(parts).hasSize(PaymentJoin.PARTS_MAX));
        assertThat(List.of(payment.money().undone(), payment.refunds()))
                .allSatisfy(parts -> assertThat(parts).hasSize(PaymentJoin.PARTS_MAX));
    }

    @Test
    @DisplayName("Durations between times of different ages are bounded and never negative")
    void hostile_times() {
        Scenario scenario =
                new Scenario()
                        .happened(Origin.EARLIEST)
                        .tell("pi_1", payment(PROCESSING))
                        .happened(Origin.LATEST)
                        .tell("pi_1", attempt("ch_1", CAPTURED));

        assertThat(scenario.driver().observed(Scenario.series(PAYMENT_DURATION, "approved")))
                .containsExactly(Observation.DURATION_MAX.toNanos());
        assertThat(scenario.driver().observed(Scenario.series(WEBHOOK_LAG)))
                .containsExactly(Observation.DURATION_MAX.toNanos(), 0L);
    }

    @Test
    @DisplayName("What another source tells of a payment counts for the payment's own gateway")
    void another_source() {
        new Scenario()
                .tell("pi_1", payment(PROCESSING))
                .accept(
                        new Observed(
                                new Origin("shop", "evt_1", Scenario.time("10:00:01")),
                                Scenario.id("pi_1"),
                                List.of(payment(CAPTURED))))
                .expect(PAYMENTS, 0, "processing")
                .expect(PAYMENTS, 1, "captured");
    }
}
