package io.paybeacon.core.intake;

import static io.paybeacon.core.output.Metric.INTAKE_UNUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.scenario.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages that nobody reads. */
class IntakeStageTest {
    @Test
    @DisplayName("A message counts once, by its reason, however often it is sent")
    void counted_once() {
        Scenario scenario = new Scenario();
        scenario.accept(new Skipped(scenario.origin(), "payout.paid", SkipReason.UNSUPPORTED))
                .again()
                .later(Duration.ofDays(3))
                .again()
                .expect(INTAKE_UNUSED, 1, "unsupported");
        scenario.accept(
                        new Malformed(
                                scenario.origin(),
                                "unknown",
                                MalformedReason.SYNTAX,
                                "line 1: no value"))
                .expect(INTAKE_UNUSED, 1, "syntax")
                .expect(INTAKE_UNUSED, 1, "unsupported");
    }

    @Test
    @DisplayName("What was counted is forgotten four days after it was last sent")
    void forgotten() {
        Scenario scenario = new Scenario();
        scenario.accept(new Skipped(scenario.origin(), "ping", SkipReason.NOT_RELEVANT))
                .later(Duration.ofDays(3))
                .again()
                .later(Duration.ofDays(4).minusMillis(1));
        assertThat(scenario.driver().states("intake")).hasSize(1);
        scenario.later(Duration.ofMillis(1));
        assertThat(scenario.driver().states("intake")).isEmpty();
        scenario.again().expect(INTAKE_UNUSED, 2, "not_relevant");
    }
}
