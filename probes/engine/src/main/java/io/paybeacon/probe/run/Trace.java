package io.paybeacon.probe.run;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.result.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one run: the transaction, its steps, their attempts. Steps follow one another, so
 * that an attempt belongs to the step that is open. Confined to the run's event loop.
 */
final class Trace {

    private final String traceId;
    private final RunIds ids;
    private final String rootId;
    private final List<Span> spans = new ArrayList<>();
    private String stepId;

    Trace(String traceId, RunIds ids) {
        this.traceId = traceId;
        this.ids = ids;
        this.rootId = ids.span();
        this.stepId = rootId;
    }

    String traceId() {
        return traceId;
    }

    /** The id of a span that is still to be made. */
    String newSpanId() {
        return ids.span();
    }

    /** W3C Trace Context, level 1: version, trace id, span id, sampled. */
    String traceparent(String spanId) {
        return "00-" + traceId + "-" + spanId + "-01";
    }

    /** Opens a step. */
    void beginStep() {
        stepId = ids.span();
    }

    /** An attempt of the open step. */
    void attempt(
            String spanId,
            String name,
            long startOffset,
            long durationNanos,
            Map<String, String> attributes,
            boolean failed) {
        add(spanId, stepId, name, startOffset, durationNanos, attributes, failed);
    }

    /** Closes the open step. */
    void endStep(
            String name,
            long startOffset,
            long durationNanos,
            Map<String, String> attributes,
            boolean failed) {
        add(stepId, rootId, name, startOffset, durationNanos, attributes, failed);
        stepId = rootId;
    }

    /** All spans, that of the transaction first. */
    List<Span> end(
            String name, long durationNanos, Map<String, String> attributes, boolean failed) {
        List<Span> all = new ArrayList<>();
        all.add(new Span(traceId, rootId, null, name, 0, durationNanos, attributes, failed));
        all.addAll(spans);
        return all;
    }

    private void add(
            String id,
            @Nullable String parent,
            String name,
            long startOffset,
            long durationNanos,
            Map<String, String> attributes,
            boolean failed) {
        Map<String, String> kept = new LinkedHashMap<>();
        attributes.entrySet().stream()
                .limit(Limits.SPAN_ATTRIBUTES_MAX)
                .forEach(attribute -> kept.put(attribute.getKey(), attribute.getValue()));
        spans.add(new Span(traceId, id, parent, name, startOffset, durationNanos, kept, failed));
    }
}
