package io.paybeacon.core.output;

import io.paybeacon.core.event.Event;
import java.time.Duration;
import java.time.Instant;

/**
 * A result of a stage.
 *
 * <p>The engine gives each one an id made of stage, key, cause and position, so that a receiver
 * that sees one twice can tell.
 */
public sealed interface Output {
    /** A finding, new to the world. */
    record FindingOpened(Finding finding) implements Output {}

    /** A finding that is still open and says more than before. */
    record FindingUpdated(Finding finding) implements Output {}

    /**
     * A finding that no longer holds.
     *
     * @param id the {@link Finding#id} it was opened under
     * @param resolvedAt by the agent's clock
     */
    record FindingResolved(String id, Instant resolvedAt, Resolution resolution)
            implements Output {}

    /** What people have done with a finding so far, in full. */
    record FindingHandled(String id, Handling handling) implements Output {}

    /** Somebody is to be told something. */
    record Notify(Notification notification) implements Output {}

    /** A fact for a later stage. It arrives exactly once, maybe later, and in any order. */
    record Forward(Event event) implements Output {}

    /** A change of a metric series. */
    sealed interface Measurement extends Output permits Count, Change, Level, Observation {
        /** The series that changes. */
        Series series();
    }

    /**
     * A counter grew.
     *
     * @param by how much, from 0 up
     */
    record Count(Series series, long by) implements Measurement {
        public Count {
            if (by < 0) {
                throw new IllegalArgumentException("a counter cannot shrink: " + by);
            }
        }
    }

    /**
     * A gauge that many keys share moved.
     *
     * @param by how much, either way
     */
    record Change(Series series, long by) implements Measurement {}

    /** A gauge that one key alone owns was set. */
    record Level(Series series, long value) implements Measurement {}

    /**
     * A histogram saw a value.
     *
     * @param value in the metric's stored unit: nanoseconds for durations
     * @param traceId a W3C trace id by which the sample can be looked at; empty when there is none
     */
    record Observation(Series series, long value, String traceId) implements Measurement {
        /** What a longer duration is observed as. */
        public static final Duration DURATION_MAX = Duration.ofDays(30);

        /** An observation without a trace. */
        public Observation(Series series, long value) {
            this(series, value, "");
        }

        /**
         * The observation of a duration, brought into the range from nothing to {@link
         * #DURATION_MAX}: the clocks of others may be ahead of the agent's, a replay may be of
         * last year, and sums have to stay exact all the same.
         */
        public static Observation of(Series series, Duration duration, String traceId) {
            Duration bounded = duration.compareTo(DURATION_MAX) > 0 ? DURATION_MAX : duration;
            return new Observation(series, bounded.isNegative() ? 0 : bounded.toNanos(), traceId);
        }
    }
}
