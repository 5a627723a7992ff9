package io.paybeacon.core.payment;

import static io.paybeacon.core.event.PaymentStatus.ACTION_REQUIRED;
import static io.paybeacon.core.event.PaymentStatus.AUTHORISED;
import static io.paybeacon.core.event.PaymentStatus.CAPTURED;
import static io.paybeacon.core.event.PaymentStatus.PROCESSING;
import static io.paybeacon.core.output.Metric.FINDINGS_OPEN;
import static io.paybeacon.core.output.Metric.FINDINGS_OPENED;
import static io.paybeacon.core.output.Resolution.RESOLVED;
import static io.paybeacon.core.output.Resolution.SUPERSEDED;
import static io.paybeacon.core.scenario.Facts.attempt;
import static io.paybeacon.core.scenario.Facts.held;
import static io.paybeacon.core.scenario.Facts.order;
import static io.paybeacon.core.scenario.Facts.payment;
import static io.paybeacon.core.scenario.Facts.requested;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.scenario.Scenario;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a payment counts as stuck, when no more, and what the finding says. */
class StuckPaymentTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    @ParameterizedTest
    @CsvSource({
        "unknown, PT1H, warning",
        "created, PT1H, warning",
        "action_required, PT3H, warning",
        "processing, P3D, warning",
        "authorised, P5D, critical",
        "partially_captured, P5D, critical"
    })
    @DisplayName("A payment is stuck when its limit is reached, and not a millisecond before")
    void opened_at_the_limit(String label, Duration limit, String severity) {
        PaymentStatus status = PaymentStatus.NAMES.find(label);
        Scenario scenario =
                new Scenario()
                        .at("10:00:00")
                        .tell("pi_1", payment(status))
                        .later(limit.minus(MILLI))
                        .expectOpen()
                        .later(MILLI)
                        .expectOpen("stuck_payment|gw:pi_1|" + label + "|")
                        .expect(FINDINGS_OPENED, 1, "stuck_payment")
                        .expect(FINDINGS_OPEN, 1, "stuck_payment");
        assertThat(scenario.finding().severity()).isEqualTo(Severity.NAMES.find(severity));
        assertThat(scenario.finding().openedAt()).isEqualTo(scenario.now());
        assertThat(scenario.payment("pi_1").findings()).containsExactly(scenario.finding());
    }

    @ParameterizedTest
    @EnumSource(
            value = PaymentStatus.class,
            names = {"FAILED", "EXPIRED", "CANCELLED", "CAPTURED"})
    void a_payment_that_came_to_its_end_is_never_stuck(PaymentStatus status) {
        new Scenario().tell("pi_1", payment(status)).later(Duration.ofDays(365)).expectOpen();
    }

    @Test
    @DisplayName("A backlog of old messages raises nothing that the next message resolves")
    void settle() {
        new Scenario()
                .at("10:00:00")
                .happened("06:00:00")
                .tell("pi_1", payment(ACTION_REQUIRED))
                .later(Duration.ofSeconds(59))
                .expectOpen()
                .happened("06:00:05")
                .tell("pi_1", payment(CAPTURED))
                .later(Duration.ofDays(1))
                .expectOpen()
                .expectResolved();
        new Scenario()
                .at("10:00:00")
                .happened("06:00:00")
                .tell("pi_1", payment(ACTION_REQUIRED))
                .later(Duration.ofMinutes(1))
                .expectOpen("stuck_payment|gw:pi_1|action_required|");
    }

    @Test
    @DisplayName("News that came after the finding resolve it; news that came late supersede it")
    void resolved_or_superseded() {
        Scenario news =
                new Scenario()
                        .at("10:00:00")
                        .tell("pi_1", payment(ACTION_REQUIRED))
                        .at("13:00:00")
                        .expectOpen("stuck_payment|")
                        .at("13:30:00")
                        .tell("pi_1", payment(CAPTURED))
                        .expectOpen()
                        .expectResolved(RESOLVED)
                        .expect(FINDINGS_OPENED, 1, "stuck_payment")
                        .expect(FINDINGS_OPEN, 0, "stuck_payment");
        assertThat(news.payment("pi_1").findings()).isEmpty();
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", payment(ACTION_REQUIRED))
                .at("13:30:00")
                .happened("10:05:00")
                .tell("pi_1", payment(CAPTURED))
                .expectOpen()
                .expectResolved(SUPERSEDED);
    }

    @Test
    @DisplayName("A payment that gets stuck again elsewhere has a finding of its own")
    void a_new_episode() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", payment(ACTION_REQUIRED))
                .at("13:00:00")
                .expectOpen("stuck_payment|gw:pi_1|action_required|")
                .at("14:00:00")
                .tell("pi_1", payment(PROCESSING))
                .expectOpen()
                .later(Duration.ofDays(3))
                .expectOpen("stuck_payment|gw:pi_1|processing|")
                .expectResolved(RESOLVED)
                .expect(FINDINGS_OPENED, 2, "stuck_payment")
                .expect(FINDINGS_OPEN, 1, "stuck_payment");
    }

    @Test
    @DisplayName("The same word again neither ends the finding nor puts it off")
    void repeated_status() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", attempt("ch_1", PROCESSING))
                .later(Duration.ofDays(2))
                .tell("pi_1", attempt("ch_1", PROCESSING))
                .later(Duration.ofDays(1))
                .expectOpen("stuck_payment|gw:pi_1|processing|")
                .tell("pi_1", attempt("ch_1", PROCESSING))
                .again()
                .expectOpen("stuck_payment|gw:pi_1|processing|")
                .expectResolved()
                .expect(FINDINGS_OPENED, 1, "stuck_payment");
    }

    @Test
    @DisplayName("An open finding learns what becomes known later, under the same id")
    void updated() {
        Scenario scenario = new Scenario().at("10:00:00").tell("pi_1", payment(AUTHORISED));
        scenario.later(Duration.ofDays(5));
        Finding before = scenario.finding();
        scenario.happened("10:00:00")
                .tell("pi_1", order("o-1"), requested(900, "EUR"), held("ch_1", 1000, "EUR"))
                .again();

        Finding after = scenario.finding();
        assertThat(before.atStake()).isNull();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.openedAt()).isEqualTo(before.openedAt());
        assertThat(after.atStake()).isEqualTo(Money.of(1000, "EUR"));
        assertThat(after.evidence()).containsEntry("order", "o-1");
        assertThat(scenario.driver().outputs())
                .filteredOn(FindingUpdated.class::isInstance)
                .hasSize(1);
        assertThat(scenario.payment("pi_1").findings()).containsExactly(after);
    }

    @Test
    @DisplayName("A limit that grew puts off what was due; one that went away drops it")
    void reference_changes() {
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", payment(ACTION_REQUIRED))
                .refer(with(ACTION_REQUIRED, Duration.ofHours(6)))
                .at("13:00:00")
                .expectOpen()
                .at("15:59:59")
                .expectOpen()
                .at("16:00:00")
                .expectOpen("stuck_payment|");
        new Scenario()
                .at("10:00:00")
                .tell("pi_1", payment(ACTION_REQUIRED))
                .refer(with(ACTION_REQUIRED, null))
                .later(Duration.ofDays(365))
                .expectOpen();
    }

    private static Reference with(PaymentStatus status, Duration limit) {
        Reference defaults = Reference.defaults();
        Map<PaymentStatus, Duration> stuckAfter = new HashMap<>(defaults.stuckAfter());
        if (limit == null) {
            stuckAfter.remove(status);
        } else {
            stuckAfter.put(status, limit);
        }
        return new Reference(2, stuckAfter, defaults.settle(), defaults.parkedFor());
    }
}
