package io.paybeacon.core.payment;

import static io.paybeacon.core.event.PaymentStatus.ACTION_REQUIRED;
import static io.paybeacon.core.event.PaymentStatus.AUTHORISED;
import static io.paybeacon.core.event.PaymentStatus.CANCELLED;
import static io.paybeacon.core.event.PaymentStatus.CAPTURED;
import static io.paybeacon.core.event.PaymentStatus.CREATED;
import static io.paybeacon.core.event.PaymentStatus.EXPIRED;
import static io.paybeacon.core.event.PaymentStatus.FAILED;
import static io.paybeacon.core.event.PaymentStatus.PARTIALLY_CAPTURED;
import static io.paybeacon.core.event.PaymentStatus.PROCESSING;
import static io.paybeacon.core.event.PaymentStatus.UNKNOWN;
import static io.paybeacon.core.output.Resolution.RESOLVED;
import static io.paybeacon.core.output.Resolution.SUPERSEDED;
import static io.paybeacon.core.scenario.Facts.attempt;
import static io.paybeacon.core.scenario.Facts.collected;
import static io.paybeacon.core.scenario.Facts.held;
import static io.paybeacon.core.scenario.Facts.method;
import static io.paybeacon.core.scenario.Facts.payment;
import static io.paybeacon.core.scenario.Facts.refund;
import static io.paybeacon.core.scenario.Facts.requested;
import static io.paybeacon.core.scenario.Facts.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.CustomerErased;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.HoldExpires;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Notification;
import io.paybeacon.core.output.Notification.Topic;
import io.paybeacon.core.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found wrong with one payment beside its being stuck, and when no more. */
class PaymentFindingsTest {
    private static final Duration SETTLE = Duration.ofMinutes(1);

    private static Arguments way(String expected, PaymentStatus... steps) {
        return Arguments.of(List.of(steps), expected);
    }

    static Stream<Arguments> waysOfAttempts() {
        return Stream.of(
                way("", CREATED, ACTION_REQUIRED, PROCESSING, AUTHORISED, CAPTURED),
                way("", CREATED, CAPTURED),
                way("", PROCESSING, PARTIALLY_CAPTURED, CAPTURED),
                way("", AUTHORISED, CANCELLED),
                way("", AUTHORISED, EXPIRED),
                way("", PARTIALLY_CAPTURED, EXPIRED),
                way("", UNKNOWN, CREATED, UNKNOWN, CAPTURED),
                way("", ACTION_REQUIRED, FAILED),
                way("|failed|captured", PROCESSING, FAILED, CAPTURED),
                way("|captured|failed", AUTHORISED, CAPTURED, FAILED),
                way("|captured|processing", CAPTURED, PROCESSING),
                way("|authorised|failed", AUTHORISED, FAILED),
                way("|cancelled|captured", AUTHORISED, CANCELLED, CAPTURED),
                way("|expired|captured", EXPIRED, CAPTURED),
                way("|captured|cancelled", CAPTURED, CANCELLED),
                way("|processing|action_required", PROCESSING, ACTION_REQUIRED),
                way("|authorised|created", AUTHORISED, CREATED));
    }

    @ParameterizedTest
    @MethodSource("waysOfAttempts")
    @DisplayName("An attempt that goes where it cannot go is a finding, whatever came first")
    void transitions(List<PaymentStatus> steps, String expected) {
        Scenario forth = new Scenario().at("10:00:00");
        Scenario back = new Scenario().at("10:00:00");
        for (int i = 0; i < steps.size(); i++) {
            int last = steps.size() - 1 - i;
            forth.happened(Scenario.time("09:00:00").plusSeconds(60L * i))
                    .tell("pi_1", attempt("ch_1", steps.get(i)));
            back.happened(Scenario.time("09:00:00").plusSeconds(60L * last))
                    .tell("pi_1", attempt("ch_1", steps.get(last)));
        }
        for (Scenario scenario : List.of(forth, back)) {
            scenario.later(SETTLE);
            assertThat(ofKind(scenario, "illegal_transition"))
                    .isEqualTo(
                            expected.isEmpty()
                                    ? List.of()
                                    : List.of("illegal_transition|gw:pi_1|ch_1" + expected));
        }
    }

    @Test
    @DisplayName("An intent may start anew after a failure; a captured one may not fail")
    void transitions_of_the_payment() {
        Scenario anew =
                new Scenario()
                        .at("10:00:00")
                        .tell("pi_1", payment(PROCESSING))
                        .at("10:01:00")
                        .tell("pi_1", payment(FAILED))
                        .at("10:02:00")
                        .tell("pi_1", payment(ACTION_REQUIRED))
                        .at("10:03:00")
                        .tell("pi_1", payment(CAPTURED))
                        .later(SETTLE)
                        .expectOpen();
        anew.at("10:10:00").tell("pi_1", payment(FAILED)).later(SETTLE).expectOpen();
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", payment(CAPTURED))
                .at("10:01:00")
                .tell("pi_1", payment(FAILED))
                .later(SETTLE)
                .expectOpen("illegal_transition|gw:pi_1||captured|failed");
    }

    @Test
    @DisplayName("Two messages within one second are taken in the order of their ranks")
    void transitions_within_a_second() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", attempt("ch_1", CAPTURED))
                .tell("pi_1", attempt("ch_1", AUTHORISED))
                .tell("pi_1", attempt("ch_1", PROCESSING))
                .later(SETTLE)
                .expectOpen();
    }

    @Test
    @DisplayName("A message that was missing and comes late ends the finding as superseded")
    void transition_superseded() {
        new Scenario()
                .at("10:00:00")
                .happened("09:00:00")
                .tell("pi_1", attempt("ch_1", CAPTURED))
                .happened("09:30:00")
                .tell("pi_1", attempt("ch_1", FAILED))
                .later(SETTLE)
                .expectOpen("illegal_transition|gw:pi_1|ch_1|captured|failed")
                .at("11:00:00")
                .happened("09:29:00")
                .tell("pi_1", undone("ch_1", 1099, "USD"))
                .later(SETTLE)
                .expectResolved(SUPERSEDED)
                .expectOpen("capture_undone|gw:pi_1|USD");
    }

    @Test
    void a_capture_undone_stands_until_it_is_collected_again() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", requested(1099, "USD"), collected("c1", 1099, "USD"))
                .tell("pi_1", payment(CAPTURED))
                .at("12:00:00")
                .tell("pi_1", undone("c1", 1099, "USD"))
                .later(SETTLE)
                .expectOpen("capture_undone|gw:pi_1|USD")
                .at("13:00:00")
                .tell("pi_1", collected("c2", 1099, "USD"))
                .later(SETTLE)
                .expectResolved(RESOLVED)
                .expectOpen();
    }

    @Test
    void a_failed_refund_stands_until_the_same_amount_is_given_back() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", payment(CAPTURED), collected("c1", 1099, "USD"))
                .tell("pi_1", refund("r1", 500, "USD", RefundStatus.SUCCEEDED))
                .at("12:00:00")
                .tell("pi_1", refund("r1", 500, "USD", RefundStatus.FAILED))
                .later(SETTLE)
                .expectOpen("refund_failed|gw:pi_1|r1|USD")
                .at("13:00:00")
                .tell("pi_1", refund("r2", 500, "USD", RefundStatus.SUCCEEDED))
                .later(SETTLE)
                .expectOpen()
                .expectResolved(RESOLVED);
    }

    @Test
    void a_hold_that_runs_out_is_told_a_day_before() {
        Scenario scenario =
                new Scenario()
                        .at("10:00:00")
                        .tell(
                                "pi_1",
                                payment(AUTHORISED),
                                held("ch_1", 1099, "USD"),
                                new HoldExpires(
                                        "ch_1", Scenario.time("10:00:00").plus(Duration.ofDays(4))))
                        .later(Duration.ofDays(3).minusMillis(1))
                        .expectOpen()
                        .later(Duration.ofMillis(1))
                        .expectOpen("authorisation_expiring|gw:pi_1|ch_1|");
        assertThat(scenario.finding().atStake()).isEqualTo(Money.of(1099, "USD"));
        scenario.tell("pi_1", payment(CAPTURED), collected("ch_1", 1099, "USD"))
                .expectOpen()
                .expectResolved(RESOLVED);
    }

    @Test
    @DisplayName("A bank debit may take two weeks where a card may not; the cause is told")
    void stuck_by_method() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", payment(PROCESSING), method("sepa_debit"))
                .later(Duration.ofDays(13))
                .expectOpen()
                .later(Duration.ofDays(1))
                .expectOpen("stuck_payment|gw:pi_1|processing");
        Scenario abandoned =
                new Scenario()
                        .at("10:00:00")
                        .tell("pi_1", attempt("ch_1", ACTION_REQUIRED))
                        .later(Duration.ofHours(3));
        assertThat(abandoned.finding().evidence())
                .containsEntry("probable_cause", "authentication_abandoned");
        Scenario lost =
                new Scenario()
                        .at("10:00:00")
                        .tell(
                                "pi_1",
                                attempt("ch_1", ACTION_REQUIRED),
                                new Authenticated("ch_1", AuthenticationOutcome.CHALLENGE_PASSED))
                        .later(Duration.ofHours(3));
        assertThat(lost.finding().evidence()).containsEntry("probable_cause", "message_lost");
    }

    @Test
    @DisplayName("What is only known to be confirmed decides no status")
    void authentication_alone() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", attempt("ch_1", FAILED))
                .at("10:05:00")
                .tell("pi_1", new Authenticated("ch_2", AuthenticationOutcome.CHALLENGE_REQUESTED))
                .expectStatus("pi_1", FAILED)
                .later(Duration.ofDays(1))
                .expectOpen();
    }

    @Test
    void the_customer_is_told_of_a_refusal_once_and_not_by_a_replay() {
        PaymentFact refused =
                new Declined("ch_1", DeclineCause.INSUFFICIENT_FUNDS, "insufficient_funds");
        Described customer = new Described(Property.CUSTOMER, "customer-5");
        Scenario scenario =
                new Scenario()
                        .at("10:00:00")
                        .tell("pi_1", attempt("ch_1", FAILED), refused, customer)
                        .again()
                        .at("10:01:00")
                        .tell("pi_1", attempt("ch_1", FAILED), refused, customer);
        assertThat(scenario.driver().notifications())
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.topic()).isEqualTo(Topic.PAYMENT_DECLINED);
                    assertThat(told.recipient()).isEqualTo("customer-5");
                    assertThat(told.parameters()).containsEntry("cause", "insufficient_funds");
                });
        Scenario replay =
                new Scenario()
                        .at("10:00:00")
                        .happened(Scenario.time("10:00:00").minus(Duration.ofDays(30)))
                        .tell("pi_1", attempt("ch_1", FAILED), refused, customer);
        assertThat(replay.driver().notifications()).isEmpty();
    }

    @Test
    void a_finding_that_concerns_the_customer_is_told_to_both() {
        Scenario scenario =
                new Scenario()
                        .at("10:00:00")
                        .tell("pi_1", new Described(Property.CUSTOMER, "customer-5"))
                        .tell("pi_1", collected("c1", 1099, "USD"))
                        .tell("pi_1", refund("r1", 500, "USD", RefundStatus.FAILED))
                        .later(SETTLE);
        assertThat(scenario.driver().notifications())
                .extracting(Notification::recipient)
                .containsExactlyInAnyOrder("payments", "customer-5");
    }

    @Test
    @DisplayName("An erased payment leads to its customer no more, whatever is told later")
    void erased() {
        Scenario scenario =
                new Scenario()
                        .at("10:00:00")
                        .tell("pi_1", new Described(Property.CUSTOMER, "customer-5"))
                        .tell("pi_1", new Described(Property.INSTRUMENT, "fp_1"))
                        .tell("pi_1", payment(CAPTURED));
        Origin origin = scenario.origin();
        scenario.accept(new CustomerErased(origin, Scenario.id("pi_1")))
                .tell("pi_1", new Described(Property.CUSTOMER, "customer-5"));
        assertThat(scenario.payment("pi_1").property(Property.CUSTOMER)).isNull();
        assertThat(scenario.payment("pi_1").property(Property.INSTRUMENT)).isNull();
        scenario.expectStatus("pi_1", CAPTURED);
    }

    @Test
    @DisplayName("A payment is kept for the dispute tail, then forgotten with its findings")
    void forgotten() {
        Scenario scenario =
                new Scenario()
                        .at("10:00:00")
                        .tell("pi_1", payment(AUTHORISED))
                        .later(Duration.ofDays(6))
                        .expectOpen("stuck_payment");
        scenario.later(Duration.ofDays(534).minusMillis(1)).expectOpen("stuck_payment");
        assertThat(scenario.payment("pi_1")).isNotNull();
        scenario.later(Duration.ofMillis(1)).expectOpen();
        assertThat(scenario.driver().find("payment", "gw:pi_1", Payment.class)).isNull();
    }

    private static List<String> ofKind(Scenario scenario, String kind) {
        return scenario.driver().openFindings().keySet().stream()
                .filter(id -> id.startsWith(kind))
                .toList();
    }
}
