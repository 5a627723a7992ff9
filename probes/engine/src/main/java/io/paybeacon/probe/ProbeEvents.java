package io.paybeacon.probe;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.journal.JournalEntry;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.limits.Limits;
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
import java.util.Optional;
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
        result.steps().forEach(step -> addSteps(steps, step, false));
        result.cleanup().steps().forEach(step -> addSteps(steps, step, true));
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
                cleanup(result.cleanup().state()));
    }

    /**
     * Slots that were accounted: one event a slot. Of a long gap the first ones are told. Slots
     * under maintenance are none: the operator asked that they do not count.
     *
     * @param gateway gateway account of the probe
     */
    public static List<ProbeEvent> of(SlotAccount account, String gateway) {
        Optional<ProbeEvent.SlotOutcome> outcome = outcome(account.outcome());
        if (outcome.isEmpty()) {
            return List.of();
        }
        List<ProbeEvent> events = new ArrayList<>();
        long count = Math.min(account.count(), Limits.MISSED_SLOTS_REPORTED_MAX);
        for (long i = 0; i < count; i++) {
            Instant due = account.firstDueAt().plus(account.interval().multipliedBy(i));
            String id = "slot-%s-%d".formatted(account.probe(), due.toEpochMilli());
            String lived = account.era() == 0 ? id : id + "-" + account.era();
            long lag = Math.max(0, account.lagNanos() - account.interval().toNanos() * i);
            events.add(
                    new SlotAccounted(
                            new Origin(gateway, lived, due),
                            account.probe(),
                            due,
                            outcome.get(),
                            lag));
        }
        return events;
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
                Cleanup.ORPHANED);
    }

    /** What an earlier run had left behind was cleaned up. */
    public static ProbeEvent settled(String gateway, String probe, String run, Instant at) {
        return new ProbeEvent.OrphanSettled(new Origin(gateway, "settled-" + run, at), probe, run);
    }

    private static void addSteps(
            List<ProbeEvent.StepResult> steps, StepResult step, boolean cleanup) {
        Failure failure = step.failure();
        if (step.waited()) {
            ProbeReason reason = failure == null ? null : failure.reason();
            steps.add(
                    new ProbeEvent.StepResult(
                            step.step(), 1, cleanup, reason, Map.of(), step.durationNanos()));
        }
        int number = 0;
        for (AttemptResult attempt : step.attempts()) {
            number++;
            steps.add(
                    new ProbeEvent.StepResult(
                            step.step(),
                            number,
                            cleanup,
                            reason(attempt, failure),
                            phases(attempt),
                            attempt.phases().totalNanos()));
        }
    }

    /** A whole response may still fail the step; then its attempt carries the step's reason. */
    private static @Nullable ProbeReason reason(AttemptResult attempt, @Nullable Failure ofStep) {
        Failure own = attempt.failure();
        if (own != null) {
            return own.reason();
        }
        boolean recovery = attempt.purpose() == AttemptResult.Purpose.RECOVERY;
        return ofStep == null || recovery ? null : ofStep.reason();
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

    private static Optional<ProbeEvent.SlotOutcome> outcome(SlotOutcome outcome) {
        return switch (outcome) {
            case RAN -> Optional.of(ProbeEvent.SlotOutcome.RAN);
            case LATE -> Optional.of(ProbeEvent.SlotOutcome.LATE);
            case SKIPPED_RUNNING -> Optional.of(ProbeEvent.SlotOutcome.SKIPPED_RUNNING);
            case SKIPPED_BUDGET -> Optional.of(ProbeEvent.SlotOutcome.SKIPPED_BUDGET);
            case SKIPPED_SHUTDOWN -> Optional.of(ProbeEvent.SlotOutcome.SKIPPED_SHUTDOWN);
            case MISSED -> Optional.of(ProbeEvent.SlotOutcome.MISSED);
            case SKIPPED_MAINTENANCE -> Optional.empty();
        };
    }
}
