package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

import io.paybeacon.core.event.ProbeEvent.Purpose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one step. A step that did not run has none, so results are found by name, never by
 * position.
 *
 * @param step its name in the plan
 * @param failure null when it passed
 * @param offsetNanos start, counted from the start of the run
 * @param durationNanos its duration, including recovery
 * @param waited whether it waited for something instead of sending
 * @param attempts attempts on the wire in order; empty for a step that sends nothing
 */
public record StepResult(
        String step,
        @Nullable Failure failure,
        long offsetNanos,
        long durationNanos,
        boolean waited,
        List<AttemptResult> attempts) {

    public StepResult {
        requireNonNull(step, "step is null");
        attempts = List.copyOf(attempts);
    }

    /** The same step with that failure. */
    public StepResult failed(Failure other) {
        return new StepResult(step, other, offsetNanos, durationNanos, waited, attempts);
    }

    /** Whether the step passed. */
    public boolean passed() {
        return failure == null;
    }

    /** Whether a lost response was learned by a second attempt under the same key. */
    public boolean recovered() {
        return attempts.stream()
                .anyMatch(attempt ->
                        attempt.purpose() == Purpose.RECOVERY && attempt.failure() == null);
    }
}
