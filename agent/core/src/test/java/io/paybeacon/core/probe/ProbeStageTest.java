package io.paybeacon.core.probe;

import static io.paybeacon.core.event.ProbeEvent.Cleanup.CLEAN;
import static io.paybeacon.core.event.ProbeEvent.Cleanup.ORPHANED;
import static io.paybeacon.core.output.Metric.PROBE_ATTEMPTS;
import static io.paybeacon.core.output.Metric.PROBE_DURATION;
import static io.paybeacon.core.output.Metric.PROBE_DURATION_FROM_DUE;
import static io.paybeacon.core.output.Metric.PROBE_FAILURES;
import static io.paybeacon.core.output.Metric.PROBE_LAG;
import static io.paybeacon.core.output.Metric.PROBE_LAST_SUCCESS;
import static io.paybeacon.core.output.Metric.PROBE_ORPHANS;
import static io.paybeacon.core.output.Metric.PROBE_PHASE;
import static io.paybeacon.core.output.Metric.PROBE_RUNS;
import static io.paybeacon.core.output.Metric.PROBE_SLOTS;
import static io.paybeacon.core.output.Metric.PROBE_STEP_FAILURES;
import static io.paybeacon.core.output.Metric.PROBE_UP;
import static io.paybeacon.core.output.Metric.PROBE_WEBHOOK_LAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What probes measure. */
class ProbeStageTest {
    private static final String PROBE = Runs.PROBE;
    private static final String TRACE = Runs.TRACE;

    @Test
    @DisplayName("A run that passed: a sample of everything, and told twice it counts once")
    void passed() {
        Scenario scenario =
                new Scenario()
                        .accept(run("r1", "10:00:00", null, CLEAN))
                        .again()
                        .expect(PROBE_RUNS, 1, PROBE, "passed")
                        .expect(PROBE_ATTEMPTS, 2, PROBE)
                        .expect(PROBE_FAILURES, 0, PROBE)
                        .expect(PROBE_UP, 1, PROBE)
                        .expect(PROBE_ORPHANS, 0, PROBE)
                        .expectObservations(PROBE_PHASE, 1, PROBE, "server", "cold")
                        .expectObservations(PROBE_PHASE, 0, PROBE, "tls", "cold");
        assertThat(observed(scenario, PROBE_DURATION)).containsExactly(2_000_000_000L);
        assertThat(observed(scenario, PROBE_DURATION_FROM_DUE)).containsExactly(2_500_000_000L);
        assertThat(scenario.driver().value(Scenario.series(PROBE_LAST_SUCCESS, PROBE)))
                .isEqualTo(Scenario.time("10:00:00").getEpochSecond());
        assertThat(scenario.driver().outputs())
                .filteredOn(Observation.class::isInstance)
                .allMatch(output -> output instanceof Observation o && o.traceId().equals(TRACE));
    }

    @Test
    @DisplayName("A failure is a sample like any other, by step and reason; a pass ends the row")
    void failed() {
        Scenario scenario =
                new Scenario()
                        .accept(run("r1", "10:00:00", ProbeReason.HTTP_5XX, CLEAN))
                        .accept(run("r2", "10:01:00", ProbeReason.TTFB_TIMEOUT, CLEAN))
                        .expect(PROBE_RUNS, 2, PROBE, "failed")
                        .expect(PROBE_FAILURES, 2, PROBE)
                        .expect(PROBE_STEP_FAILURES, 1, PROBE, "authorise", "http_5xx")
                        .expect(PROBE_STEP_FAILURES, 1, PROBE, "authorise", "ttfb_timeout")
                        .expect(PROBE_UP, 0, PROBE)
                        .expectObservations(PROBE_DURATION, 2, PROBE);
        assertThat(state(scenario).failuresInARow()).isEqualTo(2);
        assertThat(state(scenario).lastPassedAt()).isNull();
        scenario.accept(run("r3", "10:02:00", null, CLEAN)).expect(PROBE_UP, 1, PROBE);
        assertThat(state(scenario).failuresInARow()).isZero();
        assertThat(state(scenario).last().run()).isEqualTo("r3");
    }

    @ParameterizedTest
    @EnumSource(
            value = ProbeReason.class,
            names = {"AGENT_FAULT", "BUDGET"})
    @DisplayName("A run that the agent itself ended is counted, and is no sample of the gateway")
    void ofAgent(ProbeReason reason) {
        Scenario scenario =
                new Scenario()
                        .accept(run("r1", "10:00:00", null, CLEAN))
                        .accept(run("r2", "10:01:00", reason, CLEAN))
                        .expect(PROBE_RUNS, 1, PROBE, reason.label())
                        .expect(PROBE_RUNS, 0, PROBE, "failed")
                        .expect(PROBE_FAILURES, 0, PROBE)
                        .expect(PROBE_UP, 1, PROBE)
                        .expectObservations(PROBE_DURATION, 1, PROBE)
                        .expectObservations(PROBE_DURATION_FROM_DUE, 1, PROBE)
                        .expectObservations(PROBE_PHASE, 1, PROBE, "server", "cold");
        assertThat(state(scenario).failuresInARow()).isZero();
    }

    @Test
    @DisplayName(
            "A run that is told late changes neither what is up now nor a row it is not part of")
    void late_runs() {
        Scenario pass =
                new Scenario()
                        .accept(run("r2", "10:01:00", ProbeReason.RESET, CLEAN))
                        .accept(run("r1", "10:00:00", null, CLEAN))
                        .expect(PROBE_UP, 0, PROBE);
        assertThat(state(pass).failuresInARow()).isEqualTo(1);
        assertThat(state(pass).last().run()).isEqualTo("r2");
        assertThat(state(pass).lastPassedAt()).isEqualTo(Scenario.time("10:00:00"));
        Scenario failure =
                new Scenario()
                        .accept(run("r2", "10:01:00", null, CLEAN))
                        .accept(run("r1", "10:00:00", ProbeReason.RESET, CLEAN))
                        .expect(PROBE_UP, 1, PROBE)
                        .expect(PROBE_FAILURES, 1, PROBE);
        assertThat(state(failure).failuresInARow()).isZero();
    }

    @Test
    @DisplayName(
            "What a run left behind is named until it is settled, in whatever order it is told")
    void orphans() {
        Scenario scenario =
                new Scenario()
                        .accept(run("r1", "10:00:00", null, ORPHANED))
                        .accept(run("r2", "10:01:00", null, ORPHANED))
                        .expect(PROBE_ORPHANS, 2, PROBE);
        assertThat(state(scenario).orphans()).containsExactly("r1", "r2");
        scenario.accept(Runs.settled("r1")).again().expect(PROBE_ORPHANS, 1, PROBE);
        assertThat(state(scenario).orphans()).containsExactly("r2");

        Scenario reversed =
                new Scenario()
                        .accept(Runs.settled("r1"))
                        .expect(PROBE_ORPHANS, 0, PROBE)
                        .accept(run("r1", "10:00:00", null, ORPHANED))
                        .expect(PROBE_ORPHANS, 0, PROBE);
        assertThat(state(reversed).orphans()).isEmpty();
        assertThat(state(reversed).settledBefore()).isEmpty();
    }

    @Test
    @DisplayName("A probe names so many runs, and remembers so many events, and not more")
    void limits() {
        Scenario scenario = new Scenario();
        for (int i = 0; i < ProbeStage.ORPHANS_MAX + 5; i++) {
            scenario.accept(run("r" + i, "10:00:00", null, ORPHANED));
        }
        for (int i = 0; i < ProbeStage.SETTLED_BEFORE_MAX + 5; i++) {
            scenario.accept(Runs.settled("s" + i));
        }
        ProbeState state = state(scenario);
        assertThat(state.orphans()).hasSize(ProbeStage.ORPHANS_MAX);
        assertThat(state.recent()).hasSize(ProbeStage.RECENT_EVENTS_MAX);
        assertThat(state.settledBefore()).hasSize(ProbeStage.SETTLED_BEFORE_MAX);
        scenario.expect(PROBE_RUNS, ProbeStage.ORPHANS_MAX + 5, PROBE, "passed");
    }

    @ParameterizedTest
    @EnumSource(SlotOutcome.class)
    @DisplayName("Each slot is accounted once; only one that ran has a lag, never a negative one")
    void slots(SlotOutcome outcome) {
        boolean ran = outcome == SlotOutcome.RAN || outcome == SlotOutcome.LATE;
        Instant due = Scenario.time("10:00:00");
        new Scenario()
                .accept(new SlotAccounted(origin("slot-1"), PROBE, due, outcome, -7, 1))
                .again()
                .expect(PROBE_SLOTS, 1, PROBE, outcome.label())
                .expectObservations(PROBE_LAG, ran ? 1 : 0, PROBE);
    }

    @Test
    @DisplayName("A gap of many slots is one event, and counts each of them")
    void gap() {
        Instant due = Scenario.time("10:00:00");
        new Scenario()
                .accept(
                        new SlotAccounted(
                                origin("slot-1"), PROBE, due, SlotOutcome.MISSED, 0, 1_000_000))
                .again()
                .expect(PROBE_SLOTS, 1_000_000, PROBE, "missed")
                .expectObservations(PROBE_LAG, 0, PROBE);
        assertThatThrownBy(() ->
                        new SlotAccounted(origin("slot-1"), PROBE, due, SlotOutcome.RAN, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("Webhooks of probes show how late the gateway tells, once each, bounded")
    void webhooks() {
        Scenario scenario =
                new Scenario()
                        .at("10:00:05")
                        .accept(new WebhookSeen(origin("evt_1"), "r1", "charge.captured"))
                        .again();
        var ancient = new Origin(Scenario.GATEWAY, "evt_2", Origin.EARLIEST);
        var ahead = new Origin(Scenario.GATEWAY, "evt_3", Origin.LATEST);
        scenario.accept(new WebhookSeen(ancient, "r1", "charge.captured"))
                .accept(new WebhookSeen(ahead, "r1", "charge.captured"));

        assertThat(scenario.driver().observed(Scenario.series(PROBE_WEBHOOK_LAG)))
                .containsExactly(5_000_000_000L, Observation.DURATION_MAX.toNanos(), 0L);
        assertThat(scenario.driver().states("probe")).containsOnlyKeys("gw:");
    }

    @Test
    @DisplayName("A run that waited for ages for its turn does not overflow")
    void hostile_times() {
        Scenario scenario = new Scenario();
        scenario.accept(
                new RunCompleted(
                        origin("r1"),
                        PROBE,
                        "r1",
                        TRACE,
                        Instant.EPOCH.minus(Duration.ofDays(400_000)),
                        Scenario.time("10:00:00"),
                        Long.MAX_VALUE,
                        null,
                        List.of(),
                        CLEAN,
                        false));
        assertThat(observed(scenario, PROBE_DURATION_FROM_DUE))
                .containsExactly(Observation.DURATION_MAX.toNanos());
    }

    @Test
    @DisplayName("Times finer than bytes can hold are cut at the door, so memory and bytes agree")
    void fine_times() {
        Instant fine = Instant.parse("2026-11-22T10:00:00.123456789Z");
        Scenario scenario = new Scenario();
        scenario.accept(
                new RunCompleted(
                        new Origin(Scenario.GATEWAY, "r1", fine),
                        PROBE,
                        "r1",
                        TRACE,
                        fine,
                        fine,
                        1,
                        null,
                        List.of(),
                        CLEAN,
                        false));
        assertThat(state(scenario).lastPassedAt())
                .isEqualTo(Instant.parse("2026-11-22T10:00:00.123Z"));
    }

    private static ProbeState state(Scenario scenario) {
        return scenario.driver().find("probe", "gw:" + PROBE, ProbeState.class);
    }

    private static List<Long> observed(Scenario scenario, Metric metric) {
        return scenario.driver().observed(Scenario.series(metric, PROBE));
    }

    private static Origin origin(String eventId) {
        return new Origin(Scenario.GATEWAY, eventId, Scenario.time("10:00:00"));
    }

    private static RunCompleted run(
            String run, String startedAt, @Nullable ProbeReason reason, Cleanup cleanup) {
        return Runs.completed(run, startedAt, reason, cleanup);
    }
}
