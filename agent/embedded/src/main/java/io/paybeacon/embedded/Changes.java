package io.paybeacon.embedded;

import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Series;
import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.record.StateChange;
import io.paybeacon.embedded.store.Due;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an epoch, or a part of it, changes while it is computed, over what was there before. Used by
 * one thread.
 */
final class Changes {
    private final Before before;
    private final List<Map<String, Held>> stages = new ArrayList<>();
    private final Map<Series, Tally> tallies = new LinkedHashMap<>();
    private final List<Emitted> emitted = new ArrayList<>();
    private final List<Due> stale = new ArrayList<>();

    Changes(int stageCount, Before before) {
        this.before = before;
        for (int i = 0; i < stageCount; i++) {
            stages.add(new HashMap<>());
        }
    }

    /** What keys held before. */
    @FunctionalInterface
    interface Before {
        Entry get(int stage, String key) throws IOException;
    }

    /**
     * An output on its way to the sink.
     *
     * @param sequence the place of the input that led to it
     * @param cause how it came to be, without the ordinal
     */
    record Emitted(
            int sequence, String stage, String key, String cause, int ordinal, Output output) {}

    /** Changes over these, which {@link #absorb} adds to them. */
    Changes part() {
        return new Changes(stages.size(), this::get);
    }

    Entry get(int stage, String key) throws IOException {
        return held(stage, key).after;
    }

    // A stage that returns the state it was given says that nothing changed: cheaper to see than
    // equality, and a state that is equal all the same is only written once more.
    @SuppressWarnings("ReferenceEquality")
    void put(int stage, String key, Entry after) throws IOException {
        Held held = held(stage, key);
        if (held.after.state() != after.state()
                || held.after.deadlineMillis() != after.deadlineMillis()) {
            held.after = after;
            held.changed = true;
        }
    }

    void measure(Measurement measurement, Instant at) {
        tallies.computeIfAbsent(measurement.series(), Tally::new).add(measurement, at);
    }

    void emit(Emitted output) {
        emitted.add(output);
    }

    /** A deadline that was taken from the index is not what the key's state says. */
    void stale(Due due) {
        stale.add(due);
    }

    /** Adds the changes of a {@link #part}. */
    void absorb(Changes part) throws IOException {
        for (StateChange change : part.states()) {
            put(change.stage(), change.key(), change.entry());
        }
        part.tallies.forEach(
                (series, tally) -> tallies.computeIfAbsent(series, Tally::new).add(tally));
        emitted.addAll(part.emitted);
        stale.addAll(part.stale);
    }

    /** What the changed keys hold now. */
    List<StateChange> states() {
        List<StateChange> changes = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            for (Map.Entry<String, Held> key : stages.get(stage).entrySet()) {
                Held held = key.getValue();
                if (held.changed) {
                    changes.add(new StateChange(stage, key.getKey(), held.after));
                }
            }
        }
        return changes;
    }

    /** When the key's deadline was due before, in milliseconds since the epoch. */
    long deadlineBefore(StateChange change) throws IOException {
        return held(change.stage(), change.key()).before.deadlineMillis();
    }

    Map<Series, Tally> tallies() {
        return tallies;
    }

    List<Emitted> emitted() {
        return emitted;
    }

    List<Due> stale() {
        return stale;
    }

    private Held held(int stage, String key) throws IOException {
        Map<String, Held> keys = stages.get(stage);
        Held held = keys.get(key);
        if (held == null) {
            held = new Held(before.get(stage, key));
            keys.put(key, held);
        }
        return held;
    }

    private static final class Held {
        final Entry before;
        Entry after;
        boolean changed;

        Held(Entry before) {
            this.before = before;
            this.after = before;
        }
    }
}
