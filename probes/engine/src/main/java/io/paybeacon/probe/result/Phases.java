package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

import io.paybeacon.core.event.ProbeEvent.Phase;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where the time of one attempt went. A phase that was not reached is absent, not zero; the phase
 * in which the attempt failed lasts until the failure. Nanoseconds of the monotonic clock.
 *
 * @param nanos duration of each phase that was reached
 * @param totalNanos from the start of the attempt to its end, what was waited for before included
 */
public record Phases(Map<Phase, Long> nanos, long totalNanos) {

    public Phases {
        requireNonNull(nanos, "nanos is null");
        Map<Phase, Long> copy = new EnumMap<>(Phase.class);
        copy.putAll(nanos);
        nanos = Collections.unmodifiableMap(copy);
    }

    /** Duration of a phase in nanoseconds, empty when it was not reached. */
    public OptionalLong of(Phase phase) {
        Long value = nanos.get(phase);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The same with a phase that came before the others, and that is in the total then. */
    public Phases with(Phase phase, long phaseNanos) {
        Map<Phase, Long> all = new EnumMap<>(Phase.class);
        all.putAll(nanos);
        all.merge(phase, phaseNanos, Math::addExact);
        return new Phases(all, totalNanos + phaseNanos);
    }

    /** What the phases leave of the total: time between them that is the agent's own. */
    public long remainderNanos() {
        return totalNanos - nanos.values().stream().mapToLong(Long::longValue).sum();
    }
}
