package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of one run of a plan. Durations are nanoseconds of the monotonic clock, instants are
 * the agent's wall clock.
 *
 * @param runId id of the run, which the gateway's objects carry as metadata
 * @param probe name of the probe
 * @param plan name of the plan
 * @param gateway gateway account of the probe
 * @param live whether the plan moves real money
 * @param confirmation whether it repeated a run that had failed: evidence, never a sample
 * @param traceId W3C trace id that every attempt of the run carried, 32 hex digits
 * @param dueAt when the run was due; for a run started by hand, when it was asked for
 * @param startedAt when it started
 * @param durationNanos from the start to the end of its last step; cleanup is not in it
 * @param sinceDueNanos the same from the due instant: what a customer would have waited
 * @param failedStep the step at which it stopped, null when it passed
 * @param failure why it stopped, null when it passed
 * @param steps the steps that ran
 * @param cleanup what happened to what it left
 * @param spans the trace of the run: one span for the transaction, under it one for each step that
 *     ran, cleanup included, and under that one for each attempt
 * @param debugLog what was sent, received, checked and timed, redacted
 */
public record RunResult(
        String runId,
        String probe,
        String plan,
        String gateway,
        boolean live,
        boolean confirmation,
        String traceId,
        Instant dueAt,
        Instant startedAt,
        long durationNanos,
        long sinceDueNanos,
        @Nullable String failedStep,
        @Nullable Failure failure,
        List<StepResult> steps,
        CleanupResult cleanup,
        List<Span> spans,
        List<String> debugLog) {

    public RunResult {
        requireNonNull(runId, "runId is null");
        requireNonNull(dueAt, "dueAt is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(cleanup, "cleanup is null");
        steps = List.copyOf(steps);
        spans = List.copyOf(spans);
        debugLog = List.copyOf(debugLog);
    }

    /** How the run counts. */
    public Outcome outcome() {
        if (failure == null) {
            return Outcome.PASSED;
        }
        return failure.ofAgent() ? Outcome.NOT_COUNTED : Outcome.FAILED;
    }

    /** Every attempt on the wire, of the flow and of its cleanup. */
    public List<AttemptResult> attempts() {
        return Stream.concat(steps.stream(), cleanup.steps().stream())
                .flatMap(step -> step.attempts().stream())
                .toList();
    }

    /** How a run counts towards the gateway's service level. */
    public enum Outcome {
        /** Every step passed. */
        PASSED,
        /** A step failed on the gateway's side. */
        FAILED,
        /** The agent or its budget ended the run: it says nothing about the gateway. */
        NOT_COUNTED
    }
}
