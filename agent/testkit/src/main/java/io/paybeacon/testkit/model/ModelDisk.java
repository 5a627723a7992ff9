package io.paybeacon.testkit.model;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ModelEngine} has made durable: it outlives the engine, so a test can start another
 * one on it. An engine guards it with the monitor of the disk itself; one engine at a time.
 */
public final class ModelDisk {
    final Map<StateKey, Kept> kept = new TreeMap<>();
    final Set<StateKey> touched = new TreeSet<>();
    final ModelMetrics metrics = new ModelMetrics();
    final Deque<Delivery> undelivered = new ArrayDeque<>();
    final List<Arrival> waiting = new ArrayList<>();
    long nextPosition;
    Instant acceptedAt = Instant.EPOCH;
    Instant tickedAt = Instant.EPOCH;
    @Nullable Reference reference;

    /** A blank disk. */
    public ModelDisk() {}

    /** What one key holds. A class, because a record would compare the array by identity. */
    static final class Kept {
        final byte[] state;
        final @Nullable Instant deadline;

        Kept(byte[] state, @Nullable Instant deadline) {
            this.state = state;
            this.deadline = deadline;
        }
    }

    /**
     * An event on its way to its stage.
     *
     * @param cause what its outputs are named after
     * @param at when the input it follows from was accepted
     */
    record Arrival(Event event, String cause, Instant at) {}
}
