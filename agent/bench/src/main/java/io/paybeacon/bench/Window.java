package io.paybeacon.bench;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.Event;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A sender that keeps a bounded number of events on their way, as a busy HTTP server would. */
final class Window {
    private static final int EVENTS_MAX = 16_384;

    private final Engine engine;
    private final Semaphore room = new Semaphore(EVENTS_MAX);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long accepted;

    Window(Engine engine) {
        this.engine = engine;
    }

    /** Accepts a batch when there is room; records the time from {@code due} to durable. */
    void accept(List<Event> batch, @Nullable Histogram nanos, long due)
            throws InterruptedException {
        int permits = Math.min(EVENTS_MAX, batch.size());
        room.acquire(permits);
        accepted += batch.size();
        var _ =
                engine.accept(batch)
                        .whenComplete((done, error) -> {
                            if (error != null) {
                                failure.compareAndSet(null, error);
                            } else if (nanos != null) {
                                synchronized (nanos) {
                                    nanos.recordValue(System.nanoTime() - due);
                                }
                            }
                            room.release(permits);
                        });
    }

    /** Waits until all are durable, and says how many there were. */
    long await() throws InterruptedException {
        room.acquire(EVENTS_MAX);
        room.release(EVENTS_MAX);
        Throwable error = failure.get();
        if (error != null) {
            throw new IllegalStateException("an accept failed", error);
        }
        return accepted;
    }
}
