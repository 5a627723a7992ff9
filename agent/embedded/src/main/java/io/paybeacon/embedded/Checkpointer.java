package io.paybeacon.embedded;

import io.paybeacon.embedded.log.AppendLog;
import io.paybeacon.embedded.store.Checkpoint;
import io.paybeacon.embedded.store.CheckpointWriter;
import io.paybeacon.embedded.store.NoSpaceException;
import io.paybeacon.embedded.store.StoreCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes checkpoints behind the log, one at a time, and deletes the log files that they replace.
 * The committing thread begins and awaits them.
 */
final class Checkpointer {
    private final CheckpointWriter writer;
    private final StoreCopy store;
    private final AppendLog log;
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("paybeacon-checkpoint").factory());
    private final DiskSpace space;
    private volatile long stored;
    private final CountDownLatch waiting = new CountDownLatch(1);
    private @Nullable Future<?> running;

    /**
     * @param stored the cold store has the changes up to this epoch
     */
    Checkpointer(
            CheckpointWriter writer, StoreCopy store, AppendLog log, DiskSpace space, long stored) {
        this.store = store;
        this.space = space;
        this.writer = writer;
        this.log = log;
        this.stored = stored;
    }

    /** The cold store has the changes up to this epoch. Safe for use by many threads. */
    long stored() {
        return stored;
    }

    /** Whether none is being written. */
    boolean idle() {
        return running == null || running.isDone();
    }

    /** Returns when none is being written. */
    void await() throws IOException, InterruptedException {
        Future<?> last = running;
        running = null;
        if (last != null) {
            try {
                last.get();
            } catch (ExecutionException e) {
                throw new IOException("a checkpoint failed", e.getCause());
            }
        }
    }

    /**
     * Copies the data directory behind the checkpoint that was begun last, before another begins.
     *
     * @param done is told the failure, or null
     */
    void copy(Path target, Consumer<@Nullable IOException> done) {
        var _ =
                executor.submit(() -> {
                    try {
                        Files.createDirectories(target);
                        store.to(target.resolve(DataDirectory.COLD));
                        DataDirectory.seal(target);
                        done.accept(null);
                    } catch (IOException e) {
                        done.accept(e);
                    }
                });
    }

    /** Begins the next one. None may be running, and every log file has to be ended. */
    void begin(Checkpoint checkpoint) {
        running =
                executor.submit(() -> {
                    write(checkpoint);
                    stored = checkpoint.progress().epoch();
                    log.deleteThrough(checkpoint.progress().epoch());
                    return null;
                });
    }

    /** Does not wait for space any more: what cannot be written stays in the log alone. */
    void giveUp() {
        waiting.countDown();
    }

    private void write(Checkpoint checkpoint) throws IOException, InterruptedException {
        while (true) {
            try {
                writer.write(checkpoint);
                space.storeGoesOn();
                return;
            } catch (NoSpaceException e) {
                space.storeWaits(e);
                if (waiting.await(DiskSpace.retryNanos(), TimeUnit.NANOSECONDS)) {
                    throw e;
                }
            }
        }
    }

    /** Returns when nothing is being written any more, whether it worked or not. */
    void close() {
        executor.close();
    }
}
