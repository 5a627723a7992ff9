package io.paybeacon.probe.run;

import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.plan.Template;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.secret.Redactor;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.internal.ContextInternal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** One run while it is under way. Confined to the event loop of its context. */
final class Flight {

    private final ProbeTarget target;
    private final ContextInternal context;
    private final RunIds ids;
    private final LongSupplier nanos;
    private final String run;
    private final String traceId;
    private final long startNanos;
    private final DebugLog log;
    private final Map<String, Value> variables = new LinkedHashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, SideEffect.Kind> opened = new LinkedHashMap<>();
    private long heldMinor;

    private Flight(
            ProbeTarget target,
            ContextInternal context,
            RunIds ids,
            LongSupplier nanos,
            String run) {
        this.target = target;
        this.context = context;
        this.ids = ids;
        this.nanos = nanos;
        this.run = run;
        this.traceId = ids.trace();
        this.startNanos = nanos.getAsLong();
        this.log = new DebugLog(Redactor.of(target.secrets().values()));
    }

    /** A run that begins. */
    static Flight begin(
            ProbeTarget target, ContextInternal context, RunIds ids, LongSupplier nanos) {
        Flight flight = new Flight(target, context, ids, nanos, ids.run());
        flight.variables.putAll(target.effectiveVariables());
        flight.variables.put(Template.RUN, new Value.Text(flight.run));
        return flight;
    }

    /** A run of the past, of which the journal says that it left money behind. */
    static Flight resume(
            ProbeTarget target,
            ContextInternal context,
            RunIds ids,
            LongSupplier nanos,
            OpenRun open) {
        Flight flight = new Flight(target, context, ids, nanos, open.run());
        // What the journal must not hold, such as a test card, comes from the plan again.
        flight.variables.putAll(target.effectiveVariables());
        flight.variables.putAll(open.variables());
        flight.variables.put(Template.RUN, new Value.Text(flight.run));
        open.sent()
                .forEach(sent -> {
                    if (sent.kind().opens()) {
                        flight.opened.put(sent.step(), sent.kind());
                    }
                    String key = sent.key();
                    if (key != null) {
                        flight.keys.put(sent.step(), key);
                    }
                });
        return flight;
    }

    ProbeTarget target() {
        return target;
    }

    ContextInternal context() {
        return context;
    }

    String run() {
        return run;
    }

    String traceId() {
        return traceId;
    }

    DebugLog log() {
        return log;
    }

    /** The variables that have a value; a live view. */
    Map<String, Value> variables() {
        return variables;
    }

    /** Nanoseconds since the run began. */
    long offset() {
        return nanos.getAsLong() - startNanos;
    }

    void note(String text) {
        log.add(offset(), text);
    }

    /** The failure as it may leave the run. */
    Failure redacted(Failure failure) {
        return new Failure(failure.reason(), log.redact(failure.detail()));
    }

    /** The key of a logical transaction: the same whenever the step is repeated. */
    String key(Step.Http step) {
        return keys.computeIfAbsent(step.name(), name -> run + "-" + name);
    }

    /**
     * The key of one cleanup request. Each has its own: a gateway that stored an error under a key
     * would repeat that error for as long as it keeps the key.
     */
    String cleanupKey(Step.Http step) {
        return run + "-" + step.name() + "-" + ids.suffix();
    }

    /** W3C Trace Context, level 1: version, trace id, a new span id, sampled. */
    String traceparent() {
        return "00-" + traceId + "-" + ids.span() + "-01";
    }

    /** The variables without those that must not be stored. */
    Map<String, Value> storableVariables() {
        Map<String, Value> storable = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            if (!log.isSensitive(value.text())) {
                storable.put(name, value);
            }
        });
        return storable;
    }

    /** Whether there may be something to clean up. */
    boolean outstanding() {
        return !opened.isEmpty();
    }

    /** Whether money may be held. */
    boolean holdsMoney() {
        return opened.containsValue(SideEffect.Kind.HOLD);
    }

    void sent(Step.Http step, long minor) {
        SideEffect effect = step.effect();
        if (effect != null && effect.kind().opens()) {
            opened.put(step.name(), effect.kind());
        }
        heldMinor = Math.addExact(heldMinor, minor);
    }

    void refused(Step.Http step) {
        opened.remove(step.name());
    }

    void released() {
        opened.clear();
    }

    /** What the run has held so far, in minor units of the budget's currency. */
    long heldMinor() {
        return heldMinor;
    }
}
