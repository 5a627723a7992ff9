package io.paybeacon.core.probe;

import io.paybeacon.core.event.ProbeEvent.Failure;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one probe, or of the webhooks of all probes of a gateway. Immutable.
 *
 * @param probe the configured name; empty for the webhooks
 * @param recent the ids of the events applied last, oldest first, by which repeats are told
 * @param last the run that started last; null before the first one
 * @param lastPassedAt when the last run that passed had started, by the agent's clock; null when
 *     none did
 * @param failuresInARow how many runs failed since the last one that passed
 * @param orphans the runs that left something at the gateway, in order
 * @param settledBefore the runs whose rest was cleaned up before they themselves were told of, in
 *     order
 * @param confirmation the confirmation that started last; null before the first one
 */
public record ProbeState(
        String gateway,
        String probe,
        List<String> recent,
        @Nullable LastRun last,
        @Nullable Instant lastPassedAt,
        long failuresInARow,
        List<String> orphans,
        List<String> settledBefore,
        @Nullable Confirmation confirmation) {
    public ProbeState {
        recent = List.copyOf(recent);
        orphans = List.copyOf(new TreeSet<>(orphans));
        settledBefore = List.copyOf(new TreeSet<>(settledBefore));
    }

    /** Nothing is known yet. */
    static ProbeState unknown(String gateway, String probe) {
        return new ProbeState(gateway, probe, List.of(), null, null, 0, List.of(), List.of(), null);
    }

    /** Whether a second look saw the failure too, and no run has passed since. */
    boolean confirmedDown() {
        return confirmation != null
                && confirmation.failed
                && (lastPassedAt == null || lastPassedAt.isBefore(confirmation.startedAt));
    }

    /**
     * A second look at a probe that had failed.
     *
     * @param startedAt by the agent's clock
     * @param failed whether it failed as well
     */
    public record Confirmation(String run, Instant startedAt, boolean failed) {
        private static final Comparator<Confirmation> ORDER =
                Comparator.comparing(Confirmation::startedAt).thenComparing(Confirmation::run);

        /** The one that started later, in whatever order they are told. */
        Confirmation later(@Nullable Confirmation other) {
            return other == null || ORDER.compare(this, other) >= 0 ? this : other;
        }
    }

    /**
     * A run.
     *
     * @param totalNanos how long its steps took, by a monotonic clock
     * @param failure what failed first; null when it passed
     */
    public record LastRun(
            String run,
            String traceId,
            Instant startedAt,
            long totalNanos,
            @Nullable Failure failure) {}
}
