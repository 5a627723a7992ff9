package io.paybeacon.probe.pace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A queue in which owners take turns, so that one with many entries does not hold up one with few.
 * Entries of one owner stay in order. Not thread-safe.
 */
final class FairQueue<E> {

    /** Owner to entries, never empty ones; the owner whose turn is next stands first. */
    private final SequencedMap<String, Deque<E>> byOwner = new LinkedHashMap<>();

    private int size;

    int size() {
        return size;
    }

    void add(String owner, E entry) {
        byOwner.computeIfAbsent(owner, _ -> new ArrayDeque<>()).addLast(entry);
        size++;
    }

    /** The next entry, and its owner to the end of the row; null when the queue is empty. */
    @Nullable E poll() {
        Map.Entry<String, Deque<E>> first = byOwner.pollFirstEntry();
        if (first == null) {
            return null;
        }
        E entry = first.getValue().removeFirst();
        size--;
        if (!first.getValue().isEmpty()) {
            byOwner.put(first.getKey(), first.getValue());
        }
        return entry;
    }

    /** Removes the entries of which something holds, and returns them. */
    List<E> removeIf(Predicate<E> condition) {
        List<E> removed = new ArrayList<>();
        byOwner.values()
                .forEach(entries ->
                        entries.removeIf(entry -> condition.test(entry) && removed.add(entry)));
        byOwner.values().removeIf(Deque::isEmpty);
        size -= removed.size();
        return removed;
    }

    /** All entries. */
    List<E> entries() {
        return byOwner.values().stream().flatMap(Deque::stream).toList();
    }
}
