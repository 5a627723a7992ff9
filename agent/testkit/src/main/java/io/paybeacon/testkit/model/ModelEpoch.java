package io.paybeacon.testkit.model;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.pipeline.Step;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.testkit.model.ModelDisk.Arrival;
import io.paybeacon.testkit.model.ModelDisk.Kept;
import io.paybeacon.testkit.model.RecordedInput.Accepted;
import io.paybeacon.testkit.model.RecordedInput.Referred;
import io.paybeacon.testkit.model.RecordedInput.Ticked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one input does to the disk: all of it, or, after {@link #rollBack}, nothing. Each event runs
 * through the pipeline to its end before the next one begins; what it forwards is handed on as the
 * policy says.
 */
final class ModelEpoch {
    private static final Comparator<Due> IN_ORDER =
            Comparator.comparing(Due::at).thenComparingInt(Due::position).thenComparing(Due::key);

    private final Pipeline pipeline;
    private final ModelDisk disk;
    private final ForwardPolicy forwards;
    private final Map<StateKey, Optional<Kept>> before = new HashMap<>();
    private final List<Arrival> waiting;
    private final List<Measured> measured = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private Instant acceptedAt;
    private Instant tickedAt;
    private Reference reference;

    ModelEpoch(Pipeline pipeline, ModelDisk disk, Reference reference, ForwardPolicy forwards) {
        this.pipeline = pipeline;
        this.disk = disk;
        this.reference = reference;
        this.forwards = forwards;
        this.waiting = new ArrayList<>(disk.waiting);
        this.acceptedAt = disk.acceptedAt;
        this.tickedAt = disk.tickedAt;
    }

    void take(RecordedInput input) {
        switch (input) {
            case Accepted(Instant at, List<Event> events) -> {
                acceptedAt = at;
                for (Event event : events) {
                    Origin origin = event.origin();
                    arrive(new Arrival(event, origin.gateway() + ":" + origin.eventId(), at));
                    handOn();
                }
            }
            case Ticked(Instant now) -> {
                // Not at the same time again either: a tick that is told twice changes nothing.
                if (now.isAfter(tickedAt)) {
                    for (Due due : until(now)) {
                        fire(due, now);
                        handOn();
                    }
                    tickedAt = now;
                }
            }
            case Referred(_, Reference changed) -> reference = changed;
        }
    }

    /** Hands on everything that was held back, and what follows from it. */
    void drain() {
        while (!waiting.isEmpty()) {
            arrive(waiting.remove(forwards.pick(waiting.size())));
        }
    }

    /** Makes the rest of it durable; the states already are. */
    void commit() {
        disk.acceptedAt = acceptedAt;
        disk.tickedAt = tickedAt;
        disk.reference = reference;
        disk.waiting.clear();
        disk.waiting.addAll(waiting);
        measured.forEach(one -> disk.metrics.measure(one.measurement(), one.at()));
        disk.undelivered.addAll(deliveries);
        disk.nextPosition += deliveries.size();
    }

    /** What every key shares from now on. */
    Reference reference() {
        return reference;
    }

    /** Puts the states back as they were. */
    void rollBack() {
        before.forEach((key, kept) ->
                kept.ifPresentOrElse(old -> disk.kept.put(key, old), () -> disk.kept.remove(key)));
    }

    private void handOn() {
        while (!waiting.isEmpty() && forwards.handsOn()) {
            arrive(waiting.remove(forwards.pick(waiting.size())));
        }
    }

    private void arrive(Arrival arrival) {
        Step<?, ?> step = pipeline.steps().get(pipeline.route(arrival.event()));
        StateKey key = new StateKey(step.name(), step.key(arrival.event()));
        Kept kept = disk.kept.get(key);
        Object state = kept == null ? null : step.decode(kept.state);
        Context context = new Context(arrival.at(), reference);
        settle(step, key, step.apply(state, arrival.event(), context), arrival.cause(), context);
    }

    private void fire(Due due, Instant now) {
        Step<?, ?> step = pipeline.steps().get(due.position());
        StateKey key = new StateKey(step.name(), due.key());
        Kept kept = disk.kept.get(key);
        if (kept == null || !due.at().equals(kept.deadline)) {
            // What fired before it in the same tick moved it.
            return;
        }
        Context context = new Context(now, reference);
        // One that was set for a time already ticked over is named after the moment that followed,
        // so
        // that no two of a key share their name.
        Instant named = due.at().isAfter(tickedAt) ? due.at() : tickedAt.plusMillis(1);
        String cause = "deadline@" + named.toEpochMilli();
        Effect<?> effect = step.onDeadline(due.key(), step.decode(kept.state), context);
        settle(step, key, effect, cause, context);
    }

    private void settle(
            Step<?, ?> step, StateKey key, Effect<?> effect, String cause, Context context) {
        before.putIfAbsent(key, Optional.ofNullable(disk.kept.get(key)));
        disk.touched.add(key);
        Object state = effect.state();
        if (state == null) {
            disk.kept.remove(key);
        } else {
            disk.kept.put(key, new Kept(step.encode(state), effect.deadline()));
        }
        int ordinal = 0;
        for (Output output : effect.outputs()) {
            String id = key.stage() + "|" + key.key() + "|" + cause + "|" + ordinal;
            switch (output) {
                case Measurement measurement -> {
                    ModelMetrics.requireKind(measurement);
                    measured.add(new Measured(measurement, context.now()));
                }
                case Forward(Event event) -> {
                    String path = cause + "/" + key.stage() + "." + ordinal;
                    waiting.add(new Arrival(event, path, context.now()));
                }
                case FindingOpened _,
                        FindingUpdated _,
                        FindingResolved _,
                        FindingHandled _,
                        Notify _ ->
                        deliveries.add(
                                new Delivery(id, disk.nextPosition + deliveries.size(), output));
            }
            ordinal++;
        }
    }

    /** What is due, in order. What is set while it fires waits for the next tick. */
    private List<Due> until(Instant now) {
        List<Due> due = new ArrayList<>();
        for (int position = 0; position < pipeline.steps().size(); position++) {
            String stage = pipeline.steps().get(position).name();
            for (Map.Entry<StateKey, Kept> entry : disk.kept.entrySet()) {
                Instant at = entry.getValue().deadline;
                if (entry.getKey().stage().equals(stage) && at != null && !at.isAfter(now)) {
                    due.add(new Due(at, position, entry.getKey().key()));
                }
            }
        }
        due.sort(IN_ORDER);
        return due;
    }

    /** A deadline: when, of the stage at which position, of which key. */
    private record Due(Instant at, int position, String key) {}

    /** A measurement and when what it measures was accepted. */
    private record Measured(Measurement measurement, Instant at) {}
}
