package io.paybeacon.embedded;

import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.Input.Promise;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door: stamps inputs, keeps them in order for the worker, and keeps the promise to each until
 * it is durable or refused. Safe for use by many threads; promises are kept outside the lock.
 */
final class InputQueue {
    // Far from where milliseconds since the epoch would overflow.
    private static final Instant TICK_MIN = Instant.EPOCH;
    private static final Instant TICK_MAX = Instant.parse("9999-12-31T23:59:59Z");

    private final InstantSource clock;
    private final int eventsMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Input> waiting = new ArrayDeque<>();
    // Everything promised: waiting, being computed or being written.
    private final Set<Promise> promised = new LinkedHashSet<>();
    private long undoneEvents;
    private long waitingEvents;
    private long controls;
    // How many waiting events wake a worker that lingers.
    private long wantedEvents;
    private Instant acceptedAt;
    private @Nullable EngineStoppedException stopped;

    /**
     * @param acceptedAt no event is stamped earlier
     */
    InputQueue(InstantSource clock, int eventsMax, Instant acceptedAt) {
        this.clock = clock;
        this.eventsMax = eventsMax;
        this.acceptedAt = acceptedAt;
    }

    CompletableFuture<Void> tell(List<Event> events) {
        Promise promise = new Promise();
        lock.lock();
        try {
            if (stopped != null) {
                return CompletableFuture.failedFuture(stopped);
            }
            if (undoneEvents + events.size() > eventsMax) {
                return CompletableFuture.failedFuture(
                        new OverloadedException(
                                "%d events wait to be written, at most %d may"
                                        .formatted(undoneEvents, eventsMax)));
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            acceptedAt = now.isAfter(acceptedAt) ? now : acceptedAt;
            undoneEvents += events.size();
            waitingEvents += events.size();
            add(new Input.Told(events, acceptedAt, promise));
            return promise.future;
        } finally {
            lock.unlock();
        }
    }

    CompletableFuture<Void> tick(Instant now) {
        if (now.isBefore(TICK_MIN) || now.isAfter(TICK_MAX)) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("not a time of any clock: " + now));
        }
        return control(promise -> new Input.Ticked(now.truncatedTo(ChronoUnit.MILLIS), promise));
    }

    CompletableFuture<Void> refer(Reference reference) {
        return control(promise -> new Input.Referred(reference, promise));
    }

    CompletableFuture<Void> copy(Path target) {
        return control(promise -> new Input.Copied(target, promise));
    }

    /**
     * Waits for inputs and takes the next: one tick, or reference, or copy, or told events of
     * several calls.
     *
     * @param eventsMax how many events to take at most; more only if one call brought them
     * @param lingerNanos how long to wait for more while there are fewer and nothing else follows
     * @return empty when the queue is closed and nothing is left
     */
    List<Input> take(int eventsMax, long lingerNanos) throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                if (stopped != null) {
                    return List.of();
                }
                changed.await();
            }
            if (waiting.peek() instanceof Input.Told) {
                wantedEvents = eventsMax;
                long left = lingerNanos;
                while (left > 0 && waitingEvents < eventsMax && controls == 0 && stopped == null) {
                    left = changed.awaitNanos(left);
                }
                return takeTold(eventsMax);
            }
            Input control = waiting.poll();
            return control == null ? List.of() : List.of(control);
        } finally {
            lock.unlock();
        }
    }

    /** The inputs are durable. */
    void keep(List<Input> inputs) {
        forget(inputs);
        inputs.forEach(input -> input.promise().future.complete(null));
    }

    /** Nothing of the input was accepted. */
    void refuse(Input input, Exception why) {
        forget(List.of(input));
        input.promise().future.completeExceptionally(why);
    }

    /** Takes no more inputs; those that wait are still processed. */
    void close() {
        lock.lock();
        try {
            if (stopped == null) {
                stopped = new EngineStoppedException("the engine is closed", null);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more inputs, and fails everything promised. */
    void fail(EngineStoppedException why) {
        List<Promise> broken;
        lock.lock();
        try {
            stopped = why;
            broken = List.copyOf(promised);
            promised.clear();
            waiting.clear();
            undoneEvents = 0;
            waitingEvents = 0;
            controls = 0;
            changed.signal();
        } finally {
            lock.unlock();
        }
        broken.forEach(promise -> promise.future.completeExceptionally(why));
    }

    /** How many accepted events are not durable yet. */
    long undoneEvents() {
        lock.lock();
        try {
            return undoneEvents;
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<Void> control(Function<Promise, Input> input) {
        Promise promise = new Promise();
        lock.lock();
        try {
            if (stopped != null) {
                return CompletableFuture.failedFuture(stopped);
            }
            if (controls >= Limits.QUEUED_CONTROLS_MAX) {
                return CompletableFuture.failedFuture(
                        new OverloadedException(controls + " ticks and references wait already"));
            }
            controls++;
            add(input.apply(promise));
            return promise.future;
        } finally {
            lock.unlock();
        }
    }

    private void add(Input input) {
        waiting.add(input);
        promised.add(input.promise());
        boolean told = input instanceof Input.Told;
        if (!told || waiting.size() == 1 || waitingEvents >= wantedEvents) {
            changed.signal();
        }
    }

    private List<Input> takeTold(int eventsMax) {
        List<Input> taken = new ArrayList<>();
        int events = 0;
        while (waiting.peek() instanceof Input.Told told
                && (taken.isEmpty() || events + told.events().size() <= eventsMax)) {
            waiting.remove();
            taken.add(told);
            events += told.events().size();
        }
        waitingEvents -= events;
        return taken;
    }

    private void forget(List<Input> inputs) {
        lock.lock();
        try {
            for (Input input : inputs) {
                if (promised.remove(input.promise())) {
                    switch (input) {
                        case Input.Told told -> undoneEvents -= told.events().size();
                        case Input.Ticked _, Input.Referred _, Input.Copied _ -> controls--;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
