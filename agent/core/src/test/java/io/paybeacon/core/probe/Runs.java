package io.paybeacon.core.probe;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.event.ProbeEvent.OrphanSettled;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.StepResult;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.core.scenario.Scenario;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runs of scenarios: two seconds long, and half a second after their slots. */
final class Runs {
    static final String PROBE = "card";
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final Map<Phase, Long> PHASES =
            Map.of(Phase.SERVER, 5_000_000L, Phase.REMAINDER, 1_000L);

    private Runs() {}

    static RunCompleted completed(
            String run, String startedAt, @Nullable ProbeReason reason, Cleanup cleanup) {
        return run(run, startedAt, reason, cleanup, false, steps(reason));
    }

    static RunCompleted confirmation(
            String run, String startedAt, @Nullable ProbeReason reason, Cleanup cleanup) {
        return run(run, startedAt, reason, cleanup, true, steps(reason));
    }

    static RunCompleted of(String run, List<StepResult> steps) {
        return run(run, "10:00:00", null, Cleanup.CLEAN, false, steps);
    }

    static OrphanSettled settled(String run) {
        Origin origin = new Origin(Scenario.GATEWAY, "settled " + run, Scenario.time("10:00:00"));
        return new OrphanSettled(origin, PROBE, run);
    }

    static StepResult step(Purpose purpose, Connection connection, Map<Phase, Long> phases) {
        long nanos = phases.values().stream().mapToLong(Long::longValue).sum();
        return new StepResult("authorise", 1, purpose, connection, null, phases, nanos);
    }

    private static List<StepResult> steps(@Nullable ProbeReason reason) {
        return List.of(
                new StepResult(
                        "authorise", 1, Purpose.FLOW, Connection.COLD, reason, PHASES, 5_001_000),
                step(Purpose.CLEANUP, Connection.COLD, PHASES));
    }

    private static RunCompleted run(
            String run,
            String startedAt,
            @Nullable ProbeReason reason,
            Cleanup cleanup,
            boolean confirmation,
            List<StepResult> steps) {
        Instant started = Scenario.time(startedAt);
        return new RunCompleted(
                new Origin(Scenario.GATEWAY, "completed " + run, started),
                PROBE,
                run,
                TRACE,
                started.minusMillis(500),
                started,
                2_000_000_000L,
                reason == null ? null : new Failure("authorise", reason, "seen and expected"),
                steps,
                cleanup,
                confirmation);
    }
}
