package io.paybeacon.embedded;

import io.paybeacon.embedded.store.ColdStore;
import java.io.IOException;
import java.util.function.BiConsumer;

/**
 * Looks for damage in the cold store: in a small one before the engine starts, in a large one on a
 * thread of its own behind the start, since reading it takes a while. What is read for use is
 * checked anyway.
 */
final class StoreCheck implements AutoCloseable {
    private final ColdStore cold;
    private final BiConsumer<String, Throwable> damaged;
    private final boolean large;
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * @param damaged is told what was found behind the start
     */
    StoreCheck(ColdStore cold, BiConsumer<String, Throwable> damaged) throws IOException {
        this.cold = cold;
        this.damaged = damaged;
        this.large = isLarge(cold);
        this.thread = Thread.ofPlatform().daemon().name("paybeacon-check").unstarted(this::run);
    }

    /**
     * Checks a small store.
     *
     * @throws IOException if it is damaged
     */
    static void beforeStart(ColdStore cold) throws IOException {
        if (!isLarge(cold)) {
            cold.check();
        }
    }

    /** Begins to check a large one. */
    void start() {
        if (large) {
            thread.start();
        }
    }

    @Override
    public void close() {
        stopped = true;
        Threads.join(thread);
    }

    private static boolean isLarge(ColdStore cold) throws IOException {
        return cold.bytes() > Limits.CHECK_AT_START_BYTES_MAX;
    }

    private void run() {
        try {
            cold.check(() -> stopped);
        } catch (IOException | RuntimeException e) {
            damaged.accept("what it holds is damaged", e);
        }
    }
}
