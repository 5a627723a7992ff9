package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What others measure of a gateway: Prometheus endpoints and servers, and the gateway's own status
 * page. The origin's time is when the agent asked, by its own clock.
 */
public sealed interface SourceEvent extends Event {
    /** The configured name of the source; a label of metrics. */
    String source();

    /**
     * A source answered.
     *
     * @param value in the unit of the signal
     * @param at the time that the value speaks of, by the source's clock, cut to milliseconds; from
     *     {@link Origin#EARLIEST} to {@link Origin#LATEST}
     */
    record Sampled(Origin origin, String source, Signal signal, long value, Instant at)
            implements SourceEvent {
        public Sampled {
            Origin.requireText(source, "source");
            at = at.truncatedTo(ChronoUnit.MILLIS);
            if (at.isBefore(Origin.EARLIEST) || at.isAfter(Origin.LATEST)) {
                throw new IllegalArgumentException("at is not in the years 1 to 9999");
            }
            if (value < 0 || value > signal.valueMax()) {
                throw new IllegalArgumentException(
                        "not from 0 to " + signal.valueMax() + ": " + value);
            }
        }
    }

    /**
     * A source did not answer, or nothing that can be used. There is at most one an event id.
     *
     * @param detail what was seen and what was expected, for people; holds no secret
     */
    record SourceFailed(Origin origin, String source, SourceReason reason, String detail)
            implements SourceEvent {
        public SourceFailed {
            Origin.requireText(source, "source");
        }
    }

    /** What a value says. */
    enum Signal {
        /** How long the gateway takes, in nanoseconds. */
        LATENCY("latency", Long.MAX_VALUE),
        /** The share of requests that fail, in parts per million. */
        ERROR_RATIO("error_ratio", 1_000_000),
        /**
         * What the gateway says of itself: 0 operational, 1 maintenance, 2 degraded, 3 partial
         * outage, 4 major outage.
         */
        STATUS("status", 4);

        /** All of them by label. */
        public static final Named<Signal> NAMES = Named.of(Signal.class, Signal::label);

        private final String label;
        private final long valueMax;

        Signal(String label, long valueMax) {
            this.label = label;
            this.valueMax = valueMax;
        }

        /** Its name in bytes and in the API. */
        public String label() {
            return label;
        }

        /** The largest value; the smallest is 0. */
        public long valueMax() {
            return valueMax;
        }
    }

    /** Why a source gave nothing. Bounded: a metric label. */
    enum SourceReason {
        /** Its name did not resolve. */
        DNS("dns"),
        /** No connection. */
        CONNECT("connect"),
        /** No handshake, or no certificate that is trusted. */
        TLS("tls"),
        /** No whole answer within the limit. */
        TIMEOUT("timeout"),
        /** A status other than 200. */
        HTTP_STATUS("http_status"),
        /** Larger than the limits of the agent. */
        TOO_LARGE("too_large"),
        /** Not the format that the configuration promises. */
        MALFORMED("malformed"),
        /** The answer has no series that fits. */
        NO_SERIES("no_series"),
        /** A value that its signal cannot have. */
        BAD_VALUE("bad_value"),
        /** The agent itself was ill. */
        AGENT_FAULT("agent_fault");

        /** All of them by label. */
        public static final Named<SourceReason> NAMES =
                Named.of(SourceReason.class, SourceReason::label);

        private final String label;

        SourceReason(String label) {
            this.label = label;
        }

        /** The value of the metric label. */
        public String label() {
            return label;
        }
    }
}
