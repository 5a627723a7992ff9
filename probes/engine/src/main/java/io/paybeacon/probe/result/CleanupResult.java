package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
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

    /** Two cleanups as one: as bad as the worse of them. */
    public static CleanupResult both(CleanupResult first, CleanupResult second) {
        List<StepResult> all = new ArrayList<>(first.steps);
        all.addAll(second.steps);
        State worse = first.state.compareTo(second.state) >= 0 ? first.state : second.state;
        return new CleanupResult(worse, all);
    }

    public CleanupResult {
        requireNonNull(state, "state is null");
        steps = List.copyOf(steps);
    }
}
