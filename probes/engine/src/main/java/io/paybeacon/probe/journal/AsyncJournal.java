package io.paybeacon.probe.journal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A {@link Journal} on a worker thread of its own, so that no event loop waits for the disk.
 * Thread-safe; operations take place in the order in which they are called.
 */
public final class AsyncJournal {

    private static final AtomicLong INSTANCES = new AtomicLong();

    private final WorkerExecutor worker;
    private final Journal journal;

    private AsyncJournal(WorkerExecutor worker, Journal journal) {
        this.worker = worker;
        this.journal = journal;
    }

    /**
     * Opens the journal of a data directory. Blocking: call it before event loops depend on it.
     *
     * @throws IOException as {@link Journal#open}
     */
    public static AsyncJournal open(Vertx vertx, Path dataDirectory, InstantSource clock)
            throws IOException {
        Journal journal = Journal.open(dataDirectory, clock);
        String name = "paybeacon-probe-journal-" + INSTANCES.incrementAndGet();
        return new AsyncJournal(vertx.createSharedWorkerExecutor(name, 1), journal);
    }

    /** Completes when the entry is on disk; fails when it cannot be kept. */
    public Future<Void> append(JournalEntry entry) {
        return call(
                        () -> {
                            journal.append(entry);
                            return entry;
                        })
                .mapEmpty();
    }

    /** The runs that may have left money behind, oldest first. */
    public Future<List<OpenRun>> openRuns() {
        return call(journal::openRuns);
    }

    /** What a probe has held on the UTC day of an instant, in minor units. */
    public Future<Long> spentMinor(String probe, Instant day, String currency) {
        return call(() -> journal.spentMinor(probe, day, currency));
    }

    /**
     * Writes an effect that holds money, unless the probe would then hold more on that day than it
     * may.
     *
     * @param perDayMinor what the probe may hold on one UTC day
     * @return whether the entry is on disk
     */
    public Future<Boolean> appendWithin(
            JournalEntry.Sent sent, JournalEntry.Holding holds, long perDayMinor) {
        return call(() -> {
            long spent = journal.spentMinor(sent.probe(), sent.at(), holds.currency());
            if (Math.addExact(spent, holds.minor()) > perDayMinor) {
                return false;
            }
            journal.append(sent);
            return true;
        });
    }

    /** What was wrong with the file when it was opened. */
    public Journal.Damage damage() {
        return journal.damage();
    }

    /** Closes the file after the operations called before. */
    public Future<Void> close() {
        return call(
                        () -> {
                            journal.close();
                            return true;
                        })
                .compose(_ -> worker.close());
    }

    private <T> Future<T> call(Callable<T> operation) {
        return worker.executeBlocking(operation, true).map(Objects::requireNonNull);
    }
}
