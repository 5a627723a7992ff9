package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.probe.http.KeptConnection;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.plan.Template;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.paybeacon.probe.result.Span;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.secret.Redactor;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run while it is under way. Confined to the event loop of its context. */
final class Flight {

    private final ProbeTarget target;
    private final ContextInternal context;
    private final RunIds ids;
    private final LongSupplier nanos;
    private final String run;
    private final Trace trace;
    private final long startNanos;
    private final DebugLog log;
    private final boolean confirmation;
    private final Map<String, Value> variables = new LinkedHashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, SideEffect.Kind> opened = new LinkedHashMap<>();
    private final List<Flight> twins = new ArrayList<>();
    private final @Nullable KeptConnection kept;
    private @Nullable Instant lastSentAt;
    private long heldMinor;
    private long queuedNanos;
    private long lastQueuedNanos;

    private Flight(
            ProbeTarget target,
            ContextInternal context,
            RunIds ids,
            LongSupplier nanos,
            Redactor redactor,
            String run,
            boolean confirmation) {
        this.target = target;
        this.context = context;
        this.ids = ids;
        this.nanos = nanos;
        this.run = run;
        this.trace = new Trace(ids.trace(), ids);
        this.startNanos = nanos.getAsLong();
        this.log = new DebugLog(redactor.withAll(target.allSecrets()));
        this.confirmation = confirmation;
        this.kept =
                target.plan().connection() == Plan.Connection.KEEP ? new KeptConnection() : null;
    }

    /** The double of a run: what a second object under the same key holds. */
    private Flight(Flight origin, String run) {
        this.target = origin.target;
        this.context = origin.context;
        this.ids = origin.ids;
        this.nanos = origin.nanos;
        this.run = run;
        this.trace = origin.trace;
        this.startNanos = origin.startNanos;
        this.log = origin.log;
        this.confirmation = origin.confirmation;
        this.kept = null;
        this.variables.putAll(origin.variables);
        this.keys.putAll(origin.keys);
    }

    /**
     * A run that begins.
     *
     * @param redactor knows secrets beside those of the target
     */
    static Flight begin(
            ProbeTarget target,
            ContextInternal context,
            RunIds ids,
            LongSupplier nanos,
            Redactor redactor,
            boolean confirmation) {
        Flight flight = new Flight(target, context, ids, nanos, redactor, ids.run(), confirmation);
        flight.variables.putAll(target.effectiveVariables());
        flight.variables.put(Template.RUN, new Value.Text(flight.run));
        return flight;
    }

    /**
     * A second object was made under the same key. It is cleaned up as a run of its own, with the
     * values by which it is known.
     */
    Flight twin(Map<String, Value> values) {
        Flight twin = new Flight(this, "%s-twin%d".formatted(run, twins.size() + 1));
        twin.variables.putAll(values);
        twins.add(twin);
        return twin;
    }

    /** The doubles of this run. */
    List<Flight> twins() {
        return twins;
    }

    /** A run of the past, of which the journal says that it left money behind. */
    static Flight resume(
            ProbeTarget target,
            ContextInternal context,
            RunIds ids,
            LongSupplier nanos,
            Redactor redactor,
            OpenRun open) {
        Flight flight = new Flight(target, context, ids, nanos, redactor, open.run(), false);
        // What the journal must not hold, such as a test card, comes from the plan again.
        flight.variables.putAll(target.effectiveVariables());
        flight.variables.putAll(open.variables());
        // The double of a run has the id of the run that the gateway's object carries.
        flight.variables.putIfAbsent(Template.RUN, new Value.Text(flight.run));
        open.sent()
                .forEach(sent -> {
                    flight.sentAt(sent.at());
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

    Trace trace() {
        return trace;
    }

    boolean confirmation() {
        return confirmation;
    }

    /** The connection that the flow keeps; null for a fresh one each time. */
    @Nullable KeptConnection kept() {
        return kept;
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

    /** When the run began, by the monotonic clock. */
    long startNanos() {
        return startNanos;
    }

    /** The next attempt has waited that long for the gateway's pace. */
    void queued(long waitedNanos) {
        queuedNanos += waitedNanos;
        lastQueuedNanos = waitedNanos;
    }

    /** How long the attempt that is made now has waited; asked once an attempt. */
    long takeQueuedNanos() {
        long taken = lastQueuedNanos;
        lastQueuedNanos = 0;
        return taken;
    }

    /** Nanoseconds since the run began, without the waits for the gateway's pace. */
    long workedNanos() {
        return offset() - queuedNanos;
    }

    void note(String text) {
        log.add(offset(), text);
    }

    /** Begins a step: its offset. */
    long beginStep() {
        trace.beginStep();
        return offset();
    }

    /** Ends a step that sent something, or could not. */
    StepResult endStep(
            String name, long offset, @Nullable Failure failure, List<AttemptResult> attempts) {
        return endStep(name, offset, failure, false, attempts);
    }

    /** Ends a step: its result, redacted, with its span and its line in the log. */
    StepResult endStep(
            String name,
            long offset,
            @Nullable Failure failure,
            boolean waited,
            List<AttemptResult> attempts) {
        Failure shown = failure == null ? null : redacted(failure);
        note(
                shown == null
                        ? "step %s passed".formatted(name)
                        : "step %s failed: %s: %s"
                                .formatted(name, shown.reason().label(), shown.detail()));
        long duration = offset() - offset;
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("paybeacon.step", name);
        if (shown != null) {
            attributes.put("error.type", shown.reason().label());
            attributes.put("error.message", shown.detail());
        }
        trace.endStep(name, offset, duration, attributes, shown != null);
        List<AttemptResult> redactedAttempts =
                attempts.stream()
                        .map(attempt -> {
                            Failure own = attempt.failure();
                            return own == null ? attempt : attempt.failed(redacted(own));
                        })
                        .toList();
        return new StepResult(name, shown, offset, duration, waited, redactedAttempts);
    }

    /** All spans of the run, which ends here. */
    List<Span> endTrace(@Nullable Failure failure, CleanupResult.State cleaned) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("paybeacon.probe", target.name());
        attributes.put("paybeacon.plan", target.plan().name());
        attributes.put("paybeacon.gateway", target.gateway());
        attributes.put("paybeacon.run", run);
        attributes.put("paybeacon.confirmation", Boolean.toString(confirmation));
        attributes.put("paybeacon.cleanup", cleaned.name().toLowerCase(Locale.ROOT));
        if (failure != null) {
            attributes.put("error.type", failure.reason().label());
            attributes.put("error.message", failure.detail());
        }
        return trace.end("probe " + target.name(), offset(), attributes, failure != null);
    }

    /** Lets go of what the run kept open. */
    void close() {
        if (kept != null) {
            kept.close();
        }
    }

    /** What an attempt's time was spent on. */
    void noteTimes(Phases phases, boolean warm) {
        StringBuilder text = new StringBuilder();
        for (Phase phase : Phase.values()) {
            phases.of(phase)
                    .ifPresent(nanos ->
                            text.append(
                                    String.format(
                                            Locale.ROOT, "%s %.3f, ", phase.label(), nanos / 1e6)));
        }
        note(
                String.format(
                        Locale.ROOT,
                        "timed, in ms: %stotal %.3f, %s connection",
                        text,
                        phases.totalNanos() / 1e6,
                        warm ? "kept" : "new"));
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

    /** From now on this is masked wherever it would be shown, and not stored. */
    void conceal(String secret) {
        log.conceal(secret);
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

    /** There may be something to clean up of a step. */
    void opened(Step.Http step, SideEffect.Kind kind) {
        opened.put(step.name(), kind);
    }

    void sent(Step.Http step, long minor) {
        SideEffect effect = step.effect();
        if (effect != null && effect.kind().opens()) {
            opened(step, effect.kind());
        }
        heldMinor = Math.addExact(heldMinor, minor);
    }

    /** When the last side effect was sent, by the agent's wall clock. */
    void sentAt(Instant at) {
        if (lastSentAt == null || at.isAfter(lastSentAt)) {
            lastSentAt = at;
        }
    }

    /** How long ago the last side effect was sent; zero when none was. */
    Duration sinceSent(Instant now) {
        return lastSentAt == null ? Duration.ZERO : Duration.between(lastSentAt, now);
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
