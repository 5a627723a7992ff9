package io.paybeacon.embedded;

import io.paybeacon.embedded.record.EncodedRecord;
import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.record.StateChange;
import io.paybeacon.embedded.store.ColdStore;
import io.paybeacon.embedded.store.StoredChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Committed states: those touched since the last turn or the one before it as objects in memory,
 * the others in the cold store.
 *
 * <p>A turn is taken with each checkpoint, when the one before it is in the cold store: what was
 * not touched since then leaves memory. The committing thread publishes and turns; the worker reads
 * with {@link #touch}; anybody reads with {@link #peek}.
 */
final class StateCache {
    private final ColdStore cold;
    private volatile Generations generations;
    // Changed since the last turn. Of the committing thread alone.
    private List<Map<String, Changed>> changed;

    StateCache(ColdStore cold, int stageCount) {
        this.cold = cold;
        this.generations = new Generations(new Touched(stageCount), new Touched(stageCount));
        this.changed = maps(stageCount);
    }

    /**
     * What a key holds now, and when its deadline was due at the last turn. Where the log's record
     * of it is at hand, its bytes are those of the entry there, so that the cold store need not
     * have it encoded again.
     */
    private static final class Changed {
        final long dueBeforeMillis;
        Entry entry;
        @Nullable EncodedRecord record;
        int position;

        Changed(Entry entry, long dueBeforeMillis) {
            this.entry = entry;
            this.dueBeforeMillis = dueBeforeMillis;
        }

        StoredChange stored(int stage, String key) {
            return record == null
                    ? new StoredChange(stage, key, entry, dueBeforeMillis, null, 0, 0)
                    : new StoredChange(
                            stage,
                            key,
                            entry,
                            dueBeforeMillis,
                            record.bytes(),
                            record.entryOffset(position),
                            record.entryLength(position));
        }
    }

    /**
     * @param hot touched since the last turn
     * @param warm touched since the turn before it, until then
     */
    private record Generations(Touched hot, Touched warm) {}

    /** The entries of every stage. Deleted keys are there too, as {@link Entry#ABSENT}. */
    private static final class Touched {
        final List<Map<String, Entry>> stages = new ArrayList<>();

        Touched(int stageCount) {
            for (int i = 0; i < stageCount; i++) {
                stages.add(new ConcurrentHashMap<>());
            }
        }

        int size() {
            int size = 0;
            for (Map<String, Entry> stage : stages) {
                size += stage.size();
            }
            return size;
        }
    }

    /** What a key holds; keeps it in memory. Not to be called for a key that is being published. */
    Entry touch(int stage, String key) throws IOException {
        Generations now = generations;
        Map<String, Entry> hot = now.hot.stages.get(stage);
        Entry entry = hot.get(key);
        if (entry != null) {
            return entry;
        }
        entry = now.warm.stages.get(stage).get(key);
        if (entry == null) {
            entry = cold.find(stage, key);
        }
        if (entry.state() != null) {
            hot.putIfAbsent(key, entry);
        }
        return entry;
    }

    /** What a key holds, if that is known without the cold store; else null. */
    @Nullable Entry peek(int stage, String key) {
        Generations now = generations;
        Entry entry = now.hot.stages.get(stage).get(key);
        return entry != null ? entry : now.warm.stages.get(stage).get(key);
    }

    /** What a key holds. */
    Entry read(int stage, String key) throws IOException {
        Entry entry = peek(stage, key);
        return entry != null ? entry : cold.find(stage, key);
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
        NavigableMap<String, Entry> touched = new TreeMap<>(StateCache::compareBytes);
        Generations now = generations;
        touched.putAll(now.warm.stages.get(stage));
        touched.putAll(now.hot.stages.get(stage));
        NavigableMap<String, Entry> ahead = new TreeMap<>(touched.tailMap(after, false));
        SequencedMap<String, Object> page = new LinkedHashMap<>();
        cold.states(
                stage,
                after,
                (key, entry) -> {
                    while (!ahead.isEmpty() && compareBytes(ahead.firstKey(), key) < 0) {
                        Map.Entry<String, Entry> first = ahead.pollFirstEntry();
                        add(page, first.getKey(), first.getValue(), keysMax);
                    }
                    Entry hot = ahead.remove(key);
                    add(page, key, hot == null ? entry : hot, keysMax);
                    return page.size() < keysMax;
                });
        while (!ahead.isEmpty() && page.size() < keysMax) {
            Map.Entry<String, Entry> first = ahead.pollFirstEntry();
            add(page, first.getKey(), first.getValue(), keysMax);
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
        for (int i = 0; i < changes.size(); i++) {
            StateChange change = changes.get(i);
            int stage = change.stage();
            String key = change.key();
            Entry before = now.hot.stages.get(stage).put(key, change.entry());
            Changed last = changed.get(stage).get(key);
            if (last != null) {
                last.entry = change.entry();
                last.record = record;
                last.position = i;
                continue;
            }
            if (before == null) {
                // A turn came after it was touched; or it was not, in a recovery.
                before = now.warm.stages.get(stage).get(key);
            }
            long due = before == null ? Entry.NO_DEADLINE : before.deadlineMillis();
            Changed first = new Changed(change.entry(), due);
            first.record = record;
            first.position = i;
            changed.get(stage).put(key, first);
        }
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
                all.add(key.getValue().stored(stage, key.getKey()));
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
