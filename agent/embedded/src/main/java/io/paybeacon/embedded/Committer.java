package io.paybeacon.embedded;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.log.AppendLog;
import io.paybeacon.embedded.log.UnwrittenException;
import io.paybeacon.embedded.record.Progress;
import io.paybeacon.embedded.store.Checkpoint;
import io.paybeacon.embedded.store.Due;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes epochs, one after the other, and makes each visible when it is on the disk. One thread;
 * the worker computes the next epoch meanwhile, and hands it over when this one is visible.
 */
final class Committer {
    private final EngineOptions options;
    private final AppendLog log;
    private final Checkpointer checkpointer;
    private final DiskSpace space;
    private final StateCache states;
    private final MetricTable metrics;
    private final Outbox outbox;
    private final InputQueue queue;
    private final BiConsumer<String, Throwable> stop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private @Nullable Epoch current;
    private final Condition gaveUp = lock.newCondition();
    private boolean givenUp;
    private boolean closing;
    private boolean broken;
    private final AtomicLong committed = new AtomicLong();
    // From here on: of the committing thread alone. Outputs and stale deadlines are those since
    // the last turn.
    private List<Due> stale = new ArrayList<>();
    private List<Delivery> outputs;
    private Progress progress;
    private Reference reference;

    /**
     * @param recovered where the engine stands before the first epoch
     * @param reference what every key shares from there on
     * @param stop is told why nothing can be written any more
     */
    Committer(
            EngineOptions options,
            Recovery.Recovered recovered,
            Reference reference,
            Checkpointer checkpointer,
            DiskSpace space,
            Outbox outbox,
            InputQueue queue,
            BiConsumer<String, Throwable> stop) {
        this.options = options;
        this.log = recovered.log();
        this.states = recovered.states();
        this.metrics = recovered.metrics();
        this.progress = recovered.progress();
        this.outputs = new ArrayList<>(recovered.logged());
        this.reference = reference;
        this.checkpointer = checkpointer;
        this.space = space;
        this.outbox = outbox;
        this.queue = queue;
        this.stop = stop;
        this.thread = Thread.ofPlatform().daemon().name("paybeacon-commit").unstarted(this::run);
    }

    /**
     * Starts.
     *
     * @param behind whether the log holds epochs that the cold store does not
     */
    void start(boolean behind) throws IOException {
        if (behind) {
            checkpoint();
        }
        thread.start();
    }

    /**
     * Hands an epoch over, when the one before it is visible.
     *
     * @return whether it was taken; it is not when nothing can be written any more
     */
    boolean submit(Epoch epoch) throws InterruptedException {
        lock.lock();
        try {
            while (current != null && !broken) {
                changed.await();
            }
            if (!broken) {
                current = epoch;
                changed.signalAll();
            }
            return !broken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when what was handed over is visible and, if all went well, in the cold store too.
     *
     * @param checkpointed false to leave the log as it is
     */
    void close(boolean checkpointed) {
        lock.lock();
        try {
            closing = true;
            broken |= !checkpointed;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Threads.join(thread);
    }

    /** How many epochs were committed. */
    long epochs() {
        return committed.get();
    }

    // Whatever goes wrong here, nobody may wait for ever for an epoch that is never written.
    private void run() {
        try {
            Epoch epoch = next();
            while (epoch != null) {
                commit(epoch);
                epoch = next();
            }
            if (!broken) {
                checkpointer.await();
                checkpoint();
                checkpointer.await();
            }
        } catch (Throwable e) {
            lock.lock();
            try {
                broken = true;
                current = null;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            stop.accept("an epoch could not be written", e);
        }
    }

    private @Nullable Epoch next() throws InterruptedException {
        lock.lock();
        try {
            while (current == null && !closing) {
                changed.await();
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private void commit(Epoch epoch) throws IOException, InterruptedException {
        append(epoch);
        states.publish(epoch.record.states(), epoch.encoded);
        metrics.publish(epoch.record.metrics(), epoch.exemplars);
        outputs.addAll(epoch.record.outputs());
        stale.addAll(epoch.stale);
        progress = epoch.record.progress();
        reference = epoch.reference;
        committed.incrementAndGet();
        lock.lock();
        try {
            current = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        outbox.add(epoch.record.outputs());
        queue.keep(epoch.durable);
        if (epoch.copy != null) {
            copy(epoch.copy);
        } else {
            turnIfDue();
        }
    }

    /** Waits for space where there is none; the senders wait, and newer ones are refused. */
    private void append(Epoch epoch) throws IOException, InterruptedException {
        while (true) {
            try {
                log.append(epoch.record.progress().epoch(), epoch.encoded.bytes());
                space.logGoesOn();
                return;
            } catch (UnwrittenException e) {
                space.logWaits(e);
                lock.lock();
                try {
                    if (!givenUp) {
                        var _ = gaveUp.awaitNanos(DiskSpace.retryNanos());
                    }
                    if (givenUp) {
                        throw e;
                    }
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** Does not wait for space any more: what cannot be written fails. */
    void giveUp() {
        lock.lock();
        try {
            givenUp = true;
            gaveUp.signalAll();
        } finally {
            lock.unlock();
        }
        checkpointer.giveUp();
    }

    private void copy(Input.Copied copied) throws IOException, InterruptedException {
        checkpointer.await();
        checkpoint();
        checkpointer.copy(
                copied.target(),
                failure -> {
                    if (failure == null) {
                        queue.keep(List.of(copied));
                    } else {
                        queue.refuse(copied, failure);
                    }
                });
    }

    private void turnIfDue() throws IOException, InterruptedException {
        long bytes = log.currentBytes();
        boolean due =
                bytes >= options.segmentBytes() || states.touched() >= options.cacheEntriesMax();
        boolean overrun =
                bytes >= options.segmentBytes() * Limits.SEGMENT_OVERRUN_MAX
                        || states.touched()
                                >= (long) options.cacheEntriesMax() * Limits.SEGMENT_OVERRUN_MAX;
        if (overrun || (due && checkpointer.idle())) {
            checkpointer.await();
            checkpoint();
        }
    }

    /** Ends the log file and begins to write what changed since the last time to the cold store. */
    private void checkpoint() throws IOException {
        log.roll();
        long confirmed = progress.confirmed();
        outputs.removeIf(output -> output.position() <= confirmed);
        Checkpoint checkpoint =
                new Checkpoint(progress, states.turn(), stale, metrics.turn(), outputs, reference);
        outputs = new ArrayList<>();
        stale = new ArrayList<>();
        checkpointer.begin(checkpoint);
    }
}
