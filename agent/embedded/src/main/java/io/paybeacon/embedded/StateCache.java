package io.paybeacon.embedded;

import io.paybeacon.embedded.record.EncodedRecord;
import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.record.RecordCodec;
import io.paybeacon.embedded.record.StateChange;
import io.paybeacon.embedded.store.ColdStore;
import io.paybeacon.embedded.store.StoredChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Committed states: those touched since the last turn or the one before it in memory, the recent
 * ones as objects, the others in the cold store.
 *
 * <p>A turn is taken with each checkpoint, when the one before it is in the cold store: what was
 * not touched since then leaves memory. The committing thread publishes and turns; the worker reads
 * with {@link #touch}; anybody reads with {@link #peek}.
 */
final class StateCache {
    private final ColdStore cold;
    private final RecordCodec codec;
    private volatile Generations generations;
    // Changed since the last turn. Of the committing thread alone, like those behind it.
    private List<Map<String, Changed>> changed;
    private final Deque<List<Held>> recent = new ArrayDeque<>();
    private int recentStates;

    StateCache(ColdStore cold, RecordCodec codec, int stageCount) {
        this.cold = cold;
        this.codec = codec;
        this.generations = new Generations(new Touched(stageCount), new Touched(stageCount));
        this.changed = maps(stageCount);
    }

    /** What a key holds now, and when its deadline was due at the last turn. */
    private static final class Changed {
        final long dueBeforeMillis;
        Held held;

        Changed(Held held, long dueBeforeMillis) {
            this.held = held;
            this.dueBeforeMillis = dueBeforeMillis;
        }
    }

    /**
     * @param hot touched since the last turn
     * @param warm touched since the turn before it, until then
     */
    private record Generations(Touched hot, Touched warm) {}

    /** The keys of every stage. Deleted ones are there too, as {@link Held#ABSENT}. */
    private static final class Touched {
        final List<Map<String, Held>> stages = new ArrayList<>();

        Touched(int stageCount) {
            for (int i = 0; i < stageCount; i++) {
                stages.add(new ConcurrentHashMap<>());
            }
        }

        int size() {
            int size = 0;
            for (Map<String, Held> stage : stages) {
                size += stage.size();
            }
            return size;
        }
    }

    /** What a key holds; keeps it in memory. Not to be called for a key that is being published. */
    Entry touch(int stage, String key) throws IOException {
        Generations now = generations;
        Map<String, Held> hot = now.hot.stages.get(stage);
        Held held = hot.get(key);
        if (held != null) {
            return held.entry(codec, stage);
        }
        held = now.warm.stages.get(stage).get(key);
        if (held == null) {
            byte[] bytes = cold.find(stage, key);
            if (bytes == null) {
                return Entry.ABSENT;
            }
            Entry entry = codec.decodeEntry(stage, bytes, 0, bytes.length);
            held = new Held(entry, bytes, 0, bytes.length);
            held.compact();
            hot.putIfAbsent(key, held);
            return entry;
        }
        if (held.present()) {
            hot.putIfAbsent(key, held.alone(codec, stage));
        }
        return held.entry(codec, stage);
    }

    /** What a key holds, if that is known without the cold store; else null. */
    @Nullable Entry peek(int stage, String key) {
        Generations now = generations;
        Held held = now.hot.stages.get(stage).get(key);
        if (held == null) {
            held = now.warm.stages.get(stage).get(key);
        }
        return held == null ? null : held.entry(codec, stage);
    }

    /** What a key holds. */
    Entry read(int stage, String key) throws IOException {
        Entry entry = peek(stage, key);
        if (entry != null) {
            return entry;
        }
        byte[] bytes = cold.find(stage, key);
        return bytes == null ? Entry.ABSENT : codec.decodeEntry(stage, bytes, 0, bytes.length);
    }

    /**
     * A page of what the keys of a stage hold, in the order of the keys' bytes. What changes
     * meanwhile is seen as it was or as it is.
     *
     * @param after where the page begins: behind this key; empty for the first page
     * @param keysMax how many keys it has at most; fewer only when no more follow
     */
    SequencedMap<String, Object> page(int stage, String after, int keysMax) throws IOException {
        // Memory first: what is not there any more is in the cold store by then.
        NavigableMap<String, Held> touched = new TreeMap<>(StateCache::compareBytes);
        Generations now = generations;
        touched.putAll(now.warm.stages.get(stage));
        touched.putAll(now.hot.stages.get(stage));
        NavigableMap<String, Held> ahead = new TreeMap<>(touched.tailMap(after, false));
        SequencedMap<String, Object> page = new LinkedHashMap<>();
        cold.states(
                stage,
                after,
                (key, entry) -> {
                    while (!ahead.isEmpty() && compareBytes(ahead.firstKey(), key) < 0) {
                        Map.Entry<String, Held> first = ahead.pollFirstEntry();
                        add(page, first.getKey(), first.getValue().entry(codec, stage), keysMax);
                    }
                    Held hot = ahead.remove(key);
                    add(page, key, hot == null ? entry : hot.entry(codec, stage), keysMax);
                    return page.size() < keysMax;
                });
        while (!ahead.isEmpty() && page.size() < keysMax) {
            Map.Entry<String, Held> first = ahead.pollFirstEntry();
            add(page, first.getKey(), first.getValue().entry(codec, stage), keysMax);
        }
        return page;
    }

    private static void add(Map<String, Object> page, String key, Entry entry, int keysMax) {
        if (entry.state() != null && page.size() < keysMax) {
            page.put(key, entry.state());
        }
    }

    private static int compareBytes(String one, String other) {
        return Arrays.compareUnsigned(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes durable changes visible.
     *
     * @param record their bytes; null when those are not at hand
     */
    void publish(List<StateChange> changes, @Nullable EncodedRecord record) {
        Generations now = generations;
        List<Held> latest = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            StateChange change = changes.get(i);
            int stage = change.stage();
            String key = change.key();
            Held held = held(change, record, i);
            latest.add(held);
            Held before = now.hot.stages.get(stage).put(key, held);
            Changed last = changed.get(stage).get(key);
            if (last != null) {
                last.held = held;
                continue;
            }
            if (before == null) {
                // A turn came after it was touched; or it was not, in a recovery.
                before = now.warm.stages.get(stage).get(key);
            }
            long due = before == null ? Entry.NO_DEADLINE : before.dueMillis;
            changed.get(stage).put(key, new Changed(held, due));
        }
        recent.add(latest);
        recentStates += latest.size();
        while (recentStates > Limits.RECENT_STATES_MAX && recent.size() > 1) {
            List<Held> earliest = recent.remove();
            recentStates -= earliest.size();
            earliest.forEach(Held::compact);
        }
    }

    private Held held(StateChange change, @Nullable EncodedRecord record, int position) {
        Entry entry = change.entry();
        if (entry.state() == null) {
            return Held.ABSENT;
        }
        if (record == null) {
            byte[] bytes = codec.encodeEntry(change.stage(), entry);
            return new Held(entry, bytes, 0, bytes.length);
        }
        return new Held(
                entry, record.bytes(), record.entryOffset(position), record.entryLength(position));
    }

    /** How many keys were touched since the last turn. */
    int touched() {
        return generations.hot.size();
    }

    /**
     * Begins a generation.
     *
     * @return what changed in the one that ends, for the cold store
     */
    List<StoredChange> turn() {
        int stageCount = changed.size();
        generations = new Generations(new Touched(stageCount), generations.hot);
        List<StoredChange> all = new ArrayList<>();
        for (int stage = 0; stage < stageCount; stage++) {
            for (Map.Entry<String, Changed> key : changed.get(stage).entrySet()) {
                Changed last = key.getValue();
                Held held = last.held;
                all.add(
                        new StoredChange(
                                stage,
                                key.getKey(),
                                held.dueMillis,
                                last.dueBeforeMillis,
                                held.bytes,
                                held.offset,
                                held.length));
            }
        }
        changed = maps(stageCount);
        return all;
    }

    private static List<Map<String, Changed>> maps(int count) {
        List<Map<String, Changed>> maps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            maps.add(new HashMap<>());
        }
        return maps;
    }
}
