package io.paybeacon.embedded;

import io.paybeacon.embedded.log.AppendLog;
import io.paybeacon.embedded.store.Checkpoint;
import io.paybeacon.embedded.store.CheckpointWriter;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes checkpoints behind the log, one at a time, and deletes the log files that they replace.
 * The committing thread begins and awaits them.
 */
final class Checkpointer {
    private final CheckpointWriter writer;
    private final AppendLog log;
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("paybeacon-checkpoint").factory());
    private volatile long stored;
    private @Nullable Future<?> running;

    /**
     * @param stored the cold store has the changes up to this epoch
     */
    Checkpointer(CheckpointWriter writer, AppendLog log, long stored) {
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

    /** Begins the next one. None may be running, and every log file has to be ended. */
    void begin(Checkpoint checkpoint) {
        running =
                executor.submit(() -> {
                    writer.write(checkpoint);
                    stored = checkpoint.progress().epoch();
                    log.deleteThrough(checkpoint.progress().epoch());
                    return null;
                });
    }

    /** Returns when nothing is being written any more, whether it worked or not. */
    void close() {
        executor.close();
    }
}
