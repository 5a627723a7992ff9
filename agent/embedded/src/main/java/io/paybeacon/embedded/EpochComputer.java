package io.paybeacon.embedded;

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
import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.store.Due;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes units through the pipeline, level by level: each stage gets the events of the door and the
 * forwards of the stages before it, in the order of the inputs they come from. What a stage
 * forwards can so be combined for a whole epoch before it is applied.
 *
 * <p>Made anew for each computation. Used by one thread.
 */
final class EpochComputer {
    private final List<Step<?, ?>> steps;
    private final Pipeline pipeline;
    private final Reference reference;
    private final Changes changes;
    private final long anewAfterMillis;
    private final List<List<Arrival>> levels = new ArrayList<>();

    /**
     * @param anewAfterMillis deadlines set for a time up to this one become due just after it
     */
    EpochComputer(Pipeline pipeline, Reference reference, Changes changes, long anewAfterMillis) {
        this.anewAfterMillis = anewAfterMillis;
        this.pipeline = pipeline;
        this.steps = pipeline.steps();
        this.reference = reference;
        this.changes = changes;
        steps.forEach(_ -> levels.add(new ArrayList<>()));
    }

    /**
     * An event in front of a stage.
     *
     * @param cause how it came to be
     * @param sequence the place of the input that it comes from
     * @param forwarded whether a stage sent it
     */
    private record Arrival(
            Event event, String key, String cause, Instant at, int sequence, boolean forwarded) {}

    /**
     * Computes the units.
     *
     * @throws StageFailedException if a stage threw; the changes are then of no use
     * @throws IOException if a state cannot be read
     */
    void compute(List<Unit> units) throws IOException {
        int sequence = 0;
        for (Unit unit : units) {
            switch (unit) {
                case Unit.Call(Input.Told told) -> {
                    for (Event event : told.events()) {
                        Origin origin = event.origin();
                        String cause = origin.gateway() + ":" + origin.eventId();
                        int level = pipeline.route(event);
                        arrive(level, event, cause, told.acceptedAt(), sequence++, false);
                    }
                }
                case Unit.Reached reached -> fire(reached, sequence++);
            }
        }
        for (int level = 0; level < levels.size(); level++) {
            List<Arrival> arrivals = levels.get(level);
            arrivals.sort(Comparator.comparingInt(Arrival::sequence));
            for (Arrival arrival : combined(steps.get(level), arrivals)) {
                apply(level, arrival);
            }
        }
    }

    private void arrive(
            int level, Event event, String cause, Instant at, int sequence, boolean forwarded) {
        Step<?, ?> step = steps.get(level);
        String key;
        try {
            key = step.key(event);
            if (key.isEmpty()) {
                throw new IllegalArgumentException("an empty key");
            }
        } catch (RuntimeException e) {
            throw new StageFailedException(step.name(), "(none)", cause, e);
        }
        levels.get(level).add(new Arrival(event, key, cause, at, sequence, forwarded));
    }

    /** Merges each forward into the one before it for the same key, where the stage can. */
    private static List<Arrival> combined(Step<?, ?> step, List<Arrival> arrivals) {
        List<Arrival> merged = new ArrayList<>(arrivals.size());
        Map<String, Integer> last = new HashMap<>();
        for (Arrival arrival : arrivals) {
            Integer place = last.get(arrival.key);
            Arrival earlier = place == null ? null : merged.get(place);
            if (place != null && earlier != null && earlier.forwarded && arrival.forwarded) {
                Event sum = combine(step, earlier, arrival);
                if (sum != null) {
                    Arrival both =
                            new Arrival(
                                    sum,
                                    earlier.key,
                                    earlier.cause,
                                    arrival.at,
                                    earlier.sequence,
                                    true);
                    merged.set(place, both);
                    continue;
                }
            }
            last.put(arrival.key, merged.size());
            merged.add(arrival);
        }
        return merged;
    }

    private static @Nullable Event combine(Step<?, ?> step, Arrival first, Arrival second) {
        try {
            return step.combine(first.event, second.event);
        } catch (RuntimeException e) {
            throw new StageFailedException(step.name(), first.key, second.cause, e);
        }
    }

    private void apply(int level, Arrival arrival) throws IOException {
        Step<?, ?> step = steps.get(level);
        Object state = changes.get(level, arrival.key).state();
        Context context = new Context(arrival.at, reference);
        Effect<?> effect;
        try {
            effect = Objects.requireNonNull(step.apply(state, arrival.event, context), "effect");
        } catch (RuntimeException | StackOverflowError e) {
            throw new StageFailedException(step.name(), arrival.key, arrival.cause, e);
        }
        settle(level, arrival.key, arrival.cause, arrival.sequence, context, effect);
    }

    private void fire(Unit.Reached reached, int sequence) throws IOException {
        Due due = reached.due();
        Entry entry = changes.get(due.stage(), due.key());
        Object state = entry.state();
        if (state == null || entry.deadlineMillis() != due.millis()) {
            changes.stale(due);
            return;
        }
        Step<?, ?> step = steps.get(due.stage());
        String cause = "deadline@" + reached.effectiveMillis();
        Context context = new Context(reached.tick(), reference);
        Effect<?> effect;
        try {
            effect = Objects.requireNonNull(step.onDeadline(due.key(), state, context), "effect");
        } catch (RuntimeException | StackOverflowError e) {
            throw new StageFailedException(step.name(), due.key(), cause, e);
        }
        settle(due.stage(), due.key(), cause, sequence, context, effect);
    }

    private void settle(
            int level, String key, String cause, int sequence, Context context, Effect<?> effect)
            throws IOException {
        changes.put(level, key, held(level, key, cause, effect));
        String stage = steps.get(level).name();
        int ordinal = 0;
        for (Output output : effect.outputs()) {
            switch (output) {
                case Measurement measurement -> {
                    if (!Tally.fits(measurement)) {
                        throw new StageFailedException(
                                stage,
                                key,
                                cause,
                                new IllegalArgumentException(
                                        "not for a " + measurement.series().metric().kind()));
                    }
                    changes.measure(measurement, context.now());
                }
                case Forward(Event event) -> {
                    int to = pipeline.route(event);
                    if (to <= level) {
                        throw new IllegalStateException(
                                "stage %s forwarded to stage %s, which is not behind it"
                                        .formatted(stage, steps.get(to).name()));
                    }
                    String path = cause + "/" + stage + "." + ordinal;
                    arrive(to, event, path, context.now(), sequence, true);
                }
                case FindingOpened _,
                        FindingUpdated _,
                        FindingResolved _,
                        FindingHandled _,
                        Notify _ ->
                        changes.emit(
                                new Changes.Emitted(sequence, stage, key, cause, ordinal, output));
            }
            ordinal++;
        }
    }

    private Entry held(int level, String key, String cause, Effect<?> effect) {
        Object state = effect.state();
        Instant deadline = effect.deadline();
        if (state == null) {
            return Entry.ABSENT;
        }
        try {
            if (deadline == null) {
                return new Entry(state, Entry.NO_DEADLINE);
            }
            long millis = deadline.toEpochMilli();
            return new Entry(state, millis <= anewAfterMillis ? anewAfterMillis + 1 : millis);
        } catch (ArithmeticException e) {
            throw new StageFailedException(steps.get(level).name(), key, cause, e);
        }
    }
}
