package io.paybeacon.telemetry;

import java.util.Arrays;
import java.util.List;

/** What became of a webhook request. Bounded: a metric label. */
public enum IngestResult {
    /** Durable. */
    ACCEPTED("accepted"),
    /** The signature is missing or wrong. */
    REFUSED_SIGNATURE("refused_signature"),
    /** The signature is right and older than allowed. */
    REFUSED_STALE("refused_stale"),
    /** The body is larger than the limit. */
    TOO_LARGE("too_large"),
    /** The body did not arrive within the limit. */
    TOO_SLOW("too_slow"),
    /** The sender went away before the body was complete. */
    ABORTED("aborted"),
    /** Nothing in the body could be taken for an event. */
    REJECTED("rejected"),
    /** A content type that is not taken. */
    UNSUPPORTED_TYPE("unsupported_type"),
    /** The gateway account has sent as much as it may. */
    RATE_LIMITED("rate_limited"),
    /** The engine holds as much undone work as it may. */
    OVERLOADED("overloaded"),
    /** The engine is closed, or stopped because it could no longer write. */
    ENGINE_STOPPED("engine_stopped"),
    /** Not durable in time; the sender tells it again. */
    TIMEOUT("timeout"),
    /** No gateway of that name is configured. */
    UNKNOWN_GATEWAY("unknown_gateway"),
    /** The agent failed in a way it does not expect. */
    FAILED("failed");

    private final String label;

    IngestResult(String label) {
        this.label = label;
    }

    /** The value of the metric label. */
    public String label() {
        return label;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(IngestResult::label).toList();
    }
}
