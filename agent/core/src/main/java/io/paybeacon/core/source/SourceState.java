package io.paybeacon.core.source;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source said last. Immutable.
 *
 * @param source its configured name
 * @param samples the latest value of each signal
 * @param answered the latest answer with a value, the moment and the id of its event; null before
 *     the first
 * @param failure the latest failure; null before the first
 * @param recentFailures the ids of the failures applied last, oldest first, by which repeats are
 *     told
 */
public record SourceState(
        String gateway,
        String source,
        Map<Signal, Sample> samples,
        @Nullable Origin answered,
        @Nullable Failure failure,
        List<String> recentFailures) {
    public SourceState {
        Map<Signal, Sample> copy = new EnumMap<>(Signal.class);
        copy.putAll(samples);
        samples = Collections.unmodifiableMap(copy);
        recentFailures = List.copyOf(recentFailures);
    }

    /** Nothing is known yet. */
    static SourceState unknown(String gateway, String source) {
        return new SourceState(gateway, source, Map.of(), null, null, List.of());
    }

    /**
     * Whether the last word of the source was an answer. When an answer and a failure are of the
     * same moment, the source did not give all that it was asked for.
     */
    boolean up() {
        return answered != null
                && (failure == null || answered.occurredAt().isAfter(failure.told.occurredAt()));
    }

    /**
     * A value.
     *
     * @param value in the unit of its signal
     * @param at the time it speaks of, by the source's clock
     * @param told when the agent got it, by its own clock, and the id of the event
     */
    public record Sample(long value, Instant at, Origin told) {
        /** The one that was told later, whatever the source's clock says: it may be set back. */
        Sample later(Sample other) {
            int order = told.compareTo(other.told);
            return order > 0 || (order == 0 && value >= other.value) ? this : other;
        }
    }

    /**
     * A failure.
     *
     * @param told when it was, by the agent's clock, and the id of the event
     */
    public record Failure(SourceReason reason, String detail, Origin told) {}
}
