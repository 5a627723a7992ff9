package io.paybeacon.core.probe;

import static io.paybeacon.core.event.ProbeEvent.Connection.COLD;
import static io.paybeacon.core.event.ProbeEvent.Connection.NONE;
import static io.paybeacon.core.event.ProbeEvent.Connection.WARM;
import static io.paybeacon.core.output.Metric.PROBE_ATTEMPTS;
import static io.paybeacon.core.output.Metric.PROBE_DURATION;
import static io.paybeacon.core.output.Metric.PROBE_DURATION_FROM_DUE;
import static io.paybeacon.core.output.Metric.PROBE_PHASE;
import static io.paybeacon.core.probe.Runs.PROBE;
import static io.paybeacon.core.probe.Runs.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeEvent.StepResult;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What of a run is the gateway's latency, and what of it is the agent's own doing. */
class LatencyTest {
    private static final Map<Phase, Long> WAITED_AND_ASKED =
            Map.of(Phase.QUEUE, 300_000_000L, Phase.TOKEN, 200_000_000L, Phase.SERVER, 5_000_000L);

    @Test
    @DisplayName("Pace and tokens have phases of their own, and are no latency of the gateway")
    void queue_and_token() {
        Scenario scenario =
                told(
                        step(Purpose.TOKEN, COLD, Map.of(Phase.SERVER, 200_000_000L)),
                        step(Purpose.FLOW, COLD, WAITED_AND_ASKED));

        assertThat(observed(scenario, PROBE_DURATION)).containsExactly(1_500_000_000L);
        assertThat(observed(scenario, PROBE_DURATION_FROM_DUE)).containsExactly(2_500_000_000L);
        assertThat(observed(scenario, PROBE_PHASE, "queue", "cold")).containsExactly(300_000_000L);
        assertThat(observed(scenario, PROBE_PHASE, "token", "cold")).containsExactly(200_000_000L);
        assertThat(observed(scenario, PROBE_PHASE, "server", "cold")).containsExactly(5_000_000L);
    }

    @Test
    @DisplayName("A check of a replay is no latency either; recoveries are, but for their waits")
    void replay_and_recovery() {
        Scenario replayed =
                told(step(Purpose.REPLAY_CHECK, WARM, Map.of(Phase.SERVER, 700_000_000L)));
        assertThat(observed(replayed, PROBE_DURATION)).containsExactly(1_300_000_000L);

        Scenario recovered = told(step(Purpose.RECOVERY, COLD, WAITED_AND_ASKED));
        assertThat(observed(recovered, PROBE_DURATION)).containsExactly(1_500_000_000L);

        Scenario cleaned = told(step(Purpose.CLEANUP, COLD, WAITED_AND_ASKED));
        assertThat(observed(cleaned, PROBE_DURATION)).containsExactly(2_000_000_000L);
    }

    @Test
    void waits_thatAreLongerThanTheRun_leaveNoNegativeLatency() {
        Scenario scenario = told(step(Purpose.FLOW, COLD, Map.of(Phase.QUEUE, Long.MAX_VALUE)));
        assertThat(observed(scenario, PROBE_DURATION)).containsExactly(0L);
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    @DisplayName("Phases are sampled of what a customer would have sent, and of nothing else")
    void phases(Purpose purpose) {
        Scenario scenario = told(step(purpose, COLD, Map.of(Phase.SERVER, 1L)));
        assertThat(observed(scenario, PROBE_PHASE, "server", "cold"))
                .hasSize(purpose == Purpose.FLOW ? 1 : 0);
        scenario.expect(PROBE_ATTEMPTS, 1, PROBE);
    }

    @Test
    @DisplayName("Cold and warm connections are told apart, and queries without one")
    void connections() {
        Scenario scenario =
                told(
                        step(Purpose.FLOW, COLD, Map.of(Phase.SERVER, 1L)),
                        step(Purpose.FLOW, WARM, Map.of(Phase.SERVER, 2L)),
                        step(Purpose.FLOW, NONE, Map.of(Phase.RESOLVE, 3L)));
        assertThat(observed(scenario, PROBE_PHASE, "server", "cold")).containsExactly(1L);
        assertThat(observed(scenario, PROBE_PHASE, "server", "warm")).containsExactly(2L);
        assertThat(observed(scenario, PROBE_PHASE, "resolve", "none")).containsExactly(3L);
    }

    @Test
    @DisplayName("What never left the agent is no attempt on the wire")
    void on_wire() {
        List<StepResult> steps = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            steps.add(step(Purpose.FLOW, COLD, Map.of(phase, 1L)));
        }
        steps.add(step(Purpose.FLOW, NONE, Map.of()));
        told(steps.toArray(StepResult[]::new))
                .expect(PROBE_ATTEMPTS, Phase.values().length - 3, PROBE);
    }

    private static Scenario told(StepResult... steps) {
        return new Scenario().accept(Runs.of("r1", List.of(steps)));
    }

    private static List<Long> observed(Scenario scenario, Metric metric, String... labels) {
        List<String> all = new ArrayList<>(List.of(PROBE));
        all.addAll(List.of(labels));
        return scenario.driver().observed(Scenario.series(metric, all.toArray(String[]::new)));
    }
}
