package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the cleanup of a run did.
 *
 * @param state how it ended
 * @param steps the cleanup steps that ran
 */
public record CleanupResult(State state, List<StepResult> steps) {

    /** How a cleanup ended. */
    public enum State {
        /** The run left nothing to clean. */
        NOT_NEEDED,
        /** What the run left was cleaned. */
        CLEANED,
        /** Money may still be held or owed; the journal keeps it for a further try. */
        ORPHANED
    }

    public CleanupResult {
        requireNonNull(state, "state is null");
        steps = List.copyOf(steps);
    }
}
