package io.paybeacon.probe;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.journal.JournalEntry;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.schedule.SlotAccount;
import io.paybeacon.probe.schedule.SlotOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns results of the engine into events of the pipeline. */
public final class ProbeEvents {

    private ProbeEvents() {}

    /** A run that ended. */
    public static ProbeEvent of(RunResult result) {
        Origin origin =
                new Origin(
                        result.gateway(),
                        "run-" + result.runId(),
                        result.startedAt().plusNanos(result.durationNanos()));
        List<ProbeEvent.StepResult> steps = new ArrayList<>();
        result.steps().forEach(step -> addSteps(steps, step));
        result.cleanup().steps().forEach(step -> addSteps(steps, step));
        Failure failure = result.failure();
        String failedStep = result.failedStep();
        return new RunCompleted(
                origin,
                result.probe(),
                result.runId(),
                result.traceId(),
                result.dueAt(),
                result.startedAt(),
                result.durationNanos(),
                failure == null || failedStep == null
                        ? null
                        : new ProbeEvent.Failure(failedStep, failure.reason(), failure.detail()),
                steps,
                cleanup(result.cleanup().state()),
                result.confirmation());
    }

    /** Slots that were accounted: one event, also for a gap of many. */
    public static ProbeEvent of(SlotAccount account) {
        Instant due = account.firstDueAt();
        String id = "slot-%s-%d".formatted(account.probe(), due.toEpochMilli());
        String lived = account.era() == 0 ? id : id + "-" + account.era();
        return new SlotAccounted(
                new Origin(account.gateway(), lived, due),
                account.probe(),
                due,
                outcome(account.outcome()),
                account.lagNanos(),
                account.count());
    }

    /**
     * A run that the journal knows of, that never came to its end, and that could not be cleaned.
     * Its id is that of the run, so that it is not counted twice when it had been told before.
     */
    public static ProbeEvent orphaned(OpenRun run) {
        JournalEntry.Sent first = run.sent().getFirst();
        return new RunCompleted(
                new Origin(run.gateway(), "run-" + run.run(), first.at()),
                run.probe(),
                run.run(),
                first.traceId(),
                first.at(),
                first.at(),
                0,
                new ProbeEvent.Failure(
                        run.sent().getLast().step(),
                        ProbeReason.AGENT_FAULT,
                        "the agent ended during the run"),
                List.of(),
                Cleanup.ORPHANED,
                false);
    }

    /** What an earlier run had left behind was cleaned up. */
    public static ProbeEvent settled(String gateway, String probe, String run, Instant at) {
        return new ProbeEvent.OrphanSettled(new Origin(gateway, "settled-" + run, at), probe, run);
    }

    private static void addSteps(List<ProbeEvent.StepResult> steps, StepResult step) {
        if (step.waited()) {
            steps.add(
                    new ProbeEvent.StepResult(
                            step.step(),
                            1,
                            Purpose.FLOW,
                            Connection.NONE,
                            reason(step.failure()),
                            Map.of(),
                            step.durationNanos()));
        }
        int number = 0;
        for (AttemptResult attempt : step.attempts()) {
            number++;
            steps.add(
                    new ProbeEvent.StepResult(
                            step.step(),
                            number,
                            attempt.purpose(),
                            attempt.connection(),
                            reason(attempt.failure()),
                            phases(attempt),
                            attempt.phases().totalNanos()));
        }
    }

    private static @Nullable ProbeReason reason(@Nullable Failure failure) {
        return failure == null ? null : failure.reason();
    }

    private static Map<Phase, Long> phases(AttemptResult attempt) {
        Map<Phase, Long> phases = new EnumMap<>(Phase.class);
        phases.putAll(attempt.phases().nanos());
        phases.put(Phase.REMAINDER, attempt.phases().remainderNanos());
        return phases;
    }

    private static Cleanup cleanup(CleanupResult.State state) {
        return switch (state) {
            case NOT_NEEDED -> Cleanup.NOTHING_TO_CLEAN;
            case CLEANED -> Cleanup.CLEAN;
            case ORPHANED -> Cleanup.ORPHANED;
        };
    }

    private static ProbeEvent.SlotOutcome outcome(SlotOutcome outcome) {
        return switch (outcome) {
            case RAN -> ProbeEvent.SlotOutcome.RAN;
            case LATE -> ProbeEvent.SlotOutcome.LATE;
            case SKIPPED_RUNNING -> ProbeEvent.SlotOutcome.SKIPPED_RUNNING;
            case SKIPPED_MAINTENANCE -> ProbeEvent.SlotOutcome.SKIPPED_MAINTENANCE;
            case SKIPPED_PACE -> ProbeEvent.SlotOutcome.SKIPPED_PACE;
            case SKIPPED_BUDGET -> ProbeEvent.SlotOutcome.SKIPPED_BUDGET;
            case SKIPPED_SHUTDOWN -> ProbeEvent.SlotOutcome.SKIPPED_SHUTDOWN;
            case MISSED -> ProbeEvent.SlotOutcome.MISSED;
        };
    }
}
