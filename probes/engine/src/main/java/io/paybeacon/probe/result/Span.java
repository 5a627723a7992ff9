package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a run's trace: the transaction, a step of it, or an attempt of a step. The trace id
 * and the span id of an attempt are what its {@code traceparent} header carried.
 *
 * @param traceId W3C trace id, 32 hex digits
 * @param spanId W3C span id, 16 hex digits
 * @param parentSpanId the span that it is part of; null for the transaction
 * @param name bounded: of the probe, the step, or method and protocol; never a URL or an id
 * @param startOffsetNanos its start, by the monotonic clock, counted from the start of the run
 * @param durationNanos its duration by the monotonic clock
 * @param attributes what is known of it, in OpenTelemetry's names where there is one; redacted
 * @param failed whether it failed
 */
public record Span(
        String traceId,
        String spanId,
        @Nullable String parentSpanId,
        String name,
        long startOffsetNanos,
        long durationNanos,
        Map<String, String> attributes,
        boolean failed) {

    public Span {
        requireNonNull(traceId, "traceId is null");
        requireNonNull(spanId, "spanId is null");
        requireNonNull(name, "name is null");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
