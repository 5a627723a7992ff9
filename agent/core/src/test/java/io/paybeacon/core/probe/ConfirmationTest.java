package io.paybeacon.core.probe;

import static io.paybeacon.core.event.ProbeEvent.Cleanup.CLEAN;
import static io.paybeacon.core.event.ProbeEvent.Cleanup.ORPHANED;
import static io.paybeacon.core.event.ProbeReason.AGENT_FAULT;
import static io.paybeacon.core.event.ProbeReason.HTTP_5XX;
import static io.paybeacon.core.output.Metric.PROBE_ATTEMPTS;
import static io.paybeacon.core.output.Metric.PROBE_CONFIRMATIONS;
import static io.paybeacon.core.output.Metric.PROBE_CONFIRMED_DOWN;
import static io.paybeacon.core.output.Metric.PROBE_DURATION;
import static io.paybeacon.core.output.Metric.PROBE_DURATION_FROM_DUE;
import static io.paybeacon.core.output.Metric.PROBE_FAILURES;
import static io.paybeacon.core.output.Metric.PROBE_LAST_SUCCESS;
import static io.paybeacon.core.output.Metric.PROBE_ORPHANS;
import static io.paybeacon.core.output.Metric.PROBE_PHASE;
import static io.paybeacon.core.output.Metric.PROBE_RUNS;
import static io.paybeacon.core.output.Metric.PROBE_STEP_FAILURES;
import static io.paybeacon.core.output.Metric.PROBE_UP;
import static io.paybeacon.core.probe.Runs.PROBE;
import static io.paybeacon.core.probe.Runs.completed;
import static io.paybeacon.core.probe.Runs.confirmation;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.scenario.Scenario;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A second look at a failure: evidence, and never a sample. */
class ConfirmationTest {
    @Test
    @DisplayName("A failure that is confirmed is down until a run passes; only attempts are added")
    void confirmed() {
        Scenario scenario =
                new Scenario()
                        .accept(completed("r1", "10:00:00", HTTP_5XX, CLEAN))
                        .expect(PROBE_CONFIRMED_DOWN, 0, PROBE)
                        .accept(confirmation("c1", "10:00:03", HTTP_5XX, CLEAN))
                        .again()
                        .expect(PROBE_CONFIRMATIONS, 1, PROBE, "confirmed")
                        .expect(PROBE_CONFIRMATIONS, 0, PROBE, "not_confirmed")
                        .expect(PROBE_CONFIRMED_DOWN, 1, PROBE)
                        .expect(PROBE_ATTEMPTS, 4, PROBE)
                        .expect(PROBE_RUNS, 1, PROBE, "failed")
                        .expect(PROBE_FAILURES, 1, PROBE)
                        .expect(PROBE_STEP_FAILURES, 1, PROBE, "authorise", "http_5xx")
                        .expectObservations(PROBE_DURATION, 1, PROBE)
                        .expectObservations(PROBE_DURATION_FROM_DUE, 1, PROBE)
                        .expectObservations(PROBE_PHASE, 1, PROBE, "server", "cold");
        assertThat(state(scenario).failuresInARow()).isEqualTo(1);
        assertThat(state(scenario).last().run()).isEqualTo("r1");
        scenario.accept(completed("r2", "10:01:00", null, CLEAN))
                .expect(PROBE_CONFIRMED_DOWN, 0, PROBE);
    }

    @Test
    @DisplayName("A failure that is not confirmed is not down, and a pass does not bring it up")
    void not_confirmed() {
        Scenario scenario =
                new Scenario()
                        .accept(completed("r1", "10:00:00", HTTP_5XX, CLEAN))
                        .accept(confirmation("c1", "10:00:03", HTTP_5XX, CLEAN))
                        .accept(completed("r2", "10:01:00", HTTP_5XX, CLEAN))
                        .expect(PROBE_CONFIRMED_DOWN, 1, PROBE)
                        .accept(confirmation("c2", "10:01:03", null, CLEAN))
                        .expect(PROBE_CONFIRMATIONS, 1, PROBE, "not_confirmed")
                        .expect(PROBE_CONFIRMED_DOWN, 0, PROBE)
                        .expect(PROBE_UP, 0, PROBE)
                        .expect(PROBE_RUNS, 0, PROBE, "passed")
                        .expect(PROBE_LAST_SUCCESS, 0, PROBE);
        assertThat(state(scenario).lastPassedAt()).isNull();
        assertThat(state(scenario).failuresInARow()).isEqualTo(2);
    }

    @Test
    @DisplayName("A confirmation during which the agent was ill says nothing")
    void of_agent() {
        new Scenario()
                .accept(completed("r1", "10:00:00", HTTP_5XX, CLEAN))
                .accept(confirmation("c1", "10:00:03", HTTP_5XX, CLEAN))
                .accept(confirmation("c2", "10:00:09", AGENT_FAULT, CLEAN))
                .expect(PROBE_CONFIRMATIONS, 1, PROBE, "confirmed")
                .expect(PROBE_CONFIRMATIONS, 0, PROBE, "not_confirmed")
                .expect(PROBE_CONFIRMED_DOWN, 1, PROBE)
                .expect(PROBE_ATTEMPTS, 6, PROBE);
    }

    @Test
    @DisplayName("Told late or out of order, a confirmation is down only as long as nothing passed")
    void out_of_order() {
        new Scenario()
                .accept(completed("r2", "10:01:00", null, CLEAN))
                .accept(confirmation("c1", "10:00:03", HTTP_5XX, CLEAN))
                .accept(completed("r1", "10:00:00", HTTP_5XX, CLEAN))
                .expect(PROBE_CONFIRMED_DOWN, 0, PROBE);
        new Scenario()
                .accept(confirmation("c2", "10:01:03", HTTP_5XX, CLEAN))
                .accept(confirmation("c1", "10:00:03", null, CLEAN))
                .accept(completed("r0", "09:59:00", null, CLEAN))
                .expect(PROBE_CONFIRMED_DOWN, 1, PROBE);
    }

    @Test
    @DisplayName("What a confirmation left behind is an orphan like any other")
    void orphans() {
        new Scenario()
                .accept(confirmation("c1", "10:00:03", HTTP_5XX, ORPHANED))
                .expect(PROBE_ORPHANS, 1, PROBE)
                .accept(Runs.settled("c1"))
                .expect(PROBE_ORPHANS, 0, PROBE);
    }

    private static ProbeState state(Scenario scenario) {
        return scenario.driver().find("probe", "gw:" + PROBE, ProbeState.class);
    }
}
