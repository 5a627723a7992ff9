package io.paybeacon.embedded;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.log.LogDirectory;
import io.paybeacon.embedded.record.RecordCodec;
import io.paybeacon.embedded.store.ColdStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine in one process, with everything in one directory.
 *
 * <p>Inputs become <em>epochs</em>: a bounded batch goes through the stages level by level, and
 * what it changes is one checksummed record in an append log, written with one forced write. Only
 * then are senders told, states and metrics visible, outputs delivered. Calls that wait meanwhile
 * become the next epoch, so the faster they come, the more of them share a write.
 *
 * <p>Threads: one computes an epoch while another writes the one before; a third delivers, a fourth
 * moves what the log holds to the cold store behind it, a fifth looks up states that are not in
 * memory. Futures complete on the writing thread: what follows from one must not block, and must
 * not wait for another future of the engine.
 *
 * <p>A call whose events make a stage throw, which is a bug of the stage, fails with {@link
 * StageFailedException}, and nothing of it is kept: the sender still has it, and can tell it again
 * to a version without the bug.
 */
public final class EmbeddedEngine implements Engine {
    private static final System.Logger LOGGER = System.getLogger(EmbeddedEngine.class.getName());

    private final EngineOptions options;
    private final Pipeline pipeline;
    private final DataDirectory directory;
    private final ColdStore cold;
    private final Recovery.Recovered recovered;
    private final Reference startReference;
    private final InputQueue queue;
    private final Outbox outbox;
    private final Deliverer deliverer;
    private final Checkpointer checkpointer;
    private final Committer committer;
    private final Worker worker;
    private final Lookups lookups;
    private final DiskSpace space;
    private final StoreCheck check;
    private final Object lock = new Object();
    private volatile @Nullable String failure;
    private volatile boolean closed;

    private EmbeddedEngine(
            EngineOptions options,
            Pipeline pipeline,
            Reference reference,
            InstantSource clock,
            OutputSink sink,
            DataDirectory directory,
            ColdStore cold,
            Disk disk,
            Recovery.Recovered recovered,
            Consumer<String> stageFailed)
            throws IOException {
        this.options = options;
        this.pipeline = pipeline;
        this.directory = directory;
        this.cold = cold;
        this.recovered = recovered;
        Reference kept = recovered.reference();
        this.startReference =
                kept != null && kept.version() >= reference.version() ? kept : reference;
        long acceptedMillis = recovered.progress().acceptedMillis();
        this.queue =
                new InputQueue(
                        clock,
                        options.queuedEventsMax(),
                        acceptedMillis == Long.MIN_VALUE
                                ? Instant.MIN
                                : Instant.ofEpochMilli(acceptedMillis));
        this.outbox = new Outbox(recovered.codec(), recovered.progress().confirmed());
        this.deliverer = new Deliverer(outbox, sink);
        this.space =
                new DiskSpace(
                        options.directory(),
                        options.freeBytesMin(),
                        () -> disk.freeBytes(options.directory()));
        this.checkpointer =
                new Checkpointer(
                        disk.checkpoints(cold),
                        cold,
                        recovered.log(),
                        space,
                        cold.progress().epoch());
        this.committer =
                new Committer(
                        options,
                        recovered,
                        startReference,
                        checkpointer,
                        space,
                        outbox,
                        queue,
                        this::fail);
        this.worker =
                new Worker(
                        options,
                        pipeline,
                        recovered,
                        StoredDeadlines.index(cold, checkpointer, recovered),
                        startReference,
                        queue,
                        outbox,
                        committer,
                        this::stopDelivery,
                        this::fail,
                        stageFailed);
        this.lookups = new Lookups(recovered.states(), Recovery.names(pipeline));
        this.check = new StoreCheck(cold, this::fail);
    }

    /**
     * Opens an engine on what its directory holds, and starts it.
     *
     * @param reference what every key shares, unless the directory holds one of the same or a
     *     higher version
     * @param clock stamps what is accepted; steps back are levelled out
     * @throws IOException if the directory is in use, damaged, from a later version, or unreadable;
     *     the message says what to do
     */
    public static EmbeddedEngine open(
            EngineOptions options,
            Pipeline pipeline,
            Reference reference,
            InstantSource clock,
            OutputSink sink)
            throws IOException {
        return open(options, pipeline, reference, clock, sink, _ -> {});
    }

    /**
     * Opens an engine that tells when one of its stages threw, which is a bug in the stage.
     *
     * @param stageFailed is told the stage's name; must not block
     */
    public static EmbeddedEngine open(
            EngineOptions options,
            Pipeline pipeline,
            Reference reference,
            InstantSource clock,
            OutputSink sink,
            Consumer<String> stageFailed)
            throws IOException {
        return open(options, pipeline, reference, clock, sink, stageFailed, Disk.REAL);
    }

    /** Opens an engine that writes through a port of its own. */
    static EmbeddedEngine open(
            EngineOptions options,
            Pipeline pipeline,
            Reference reference,
            InstantSource clock,
            OutputSink sink,
            Disk disk)
            throws IOException {
        return open(options, pipeline, reference, clock, sink, _ -> {}, disk);
    }

    private static EmbeddedEngine open(
            EngineOptions options,
            Pipeline pipeline,
            Reference reference,
            InstantSource clock,
            OutputSink sink,
            Consumer<String> stageFailed,
            Disk disk)
            throws IOException {
        DataDirectory directory = DataDirectory.take(options.directory());
        ColdStore cold = null;
        try {
            RecordCodec codec = new RecordCodec(pipeline);
            cold =
                    ColdStore.open(
                            directory.cold(), codec, Recovery.names(pipeline), directory.fresh());
            StoreCheck.beforeStart(cold);
            directory.seal();
            LogDirectory segments = disk.log(directory.log());
            Recovery.Recovered recovered = Recovery.run(pipeline, codec, cold, segments);
            EmbeddedEngine engine =
                    new EmbeddedEngine(
                            options,
                            pipeline,
                            reference,
                            clock,
                            sink,
                            directory,
                            cold,
                            disk,
                            recovered,
                            stageFailed);
            engine.start();
            return engine;
        } catch (IOException | RuntimeException e) {
            if (cold != null) {
                cold.close();
            }
            directory.close();
            throw e;
        }
    }

    private void start() throws IOException {
        outbox.add(recovered.undelivered());
        committer.start(recovered.behind());
        worker.start();
        deliverer.start();
        check.start();
    }

    @Override
    public CompletableFuture<Void> accept(List<Event> events) {
        List<Event> told = List.copyOf(events);
        if (told.size() > options.acceptEventsMax()) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException(
                            "%d events in one call, at most %d: send fewer at once"
                                    .formatted(told.size(), options.acceptEventsMax())));
        }
        try {
            told.forEach(pipeline::route);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        String refusal = refusal();
        if (refusal != null) {
            return CompletableFuture.failedFuture(new OverloadedException(refusal));
        }
        return queue.tell(told);
    }

    /** Why nothing is accepted at the moment; null when it is. */
    private @Nullable String refusal() {
        String full = Outbox.refusal(outbox.bytes(), options);
        return full != null ? full : space.refusal();
    }

    @Override
    public CompletableFuture<Void> tick(Instant now) {
        return queue.tick(now);
    }

    @Override
    public CompletableFuture<Void> refer(Reference reference) {
        return queue.refer(reference);
    }

    /**
     * Copies everything durable, as it is after all that its caller had accepted before, while
     * others go on. The copy is a data directory of its own; its files may share the disk's blocks
     * with this one's.
     *
     * @param target must not exist
     */
    public CompletableFuture<Void> copy(Path target) {
        return queue.copy(target);
    }

    @Override
    public <S> CompletableFuture<Optional<S>> find(String stage, String key, Class<S> type) {
        return lookups.find(stage, key, type);
    }

    /**
     * A page of the committed states of one stage, in the order of the keys' bytes. What changes
     * meanwhile is seen as it was or as it is.
     *
     * @param after where the page begins: behind this key; empty for the first page
     * @param keysMax how many keys it has at most; fewer only when no more follow
     * @param type the type of the stage's states
     * @throws IllegalArgumentException if there is no such stage
     */
    public <S> CompletableFuture<SequencedMap<String, S>> states(
            String stage, String after, int keysMax, Class<S> type) {
        return lookups.page(stage, after, keysMax, type);
    }

    @Override
    public MetricSnapshot metrics() {
        return recovered.metrics().snapshot();
    }

    /** How often a stage threw since the start of the process: above zero there is a bug. */
    public long stageFailures() {
        return worker.stageFailures();
    }

    /** How many deadlines are in memory; those far ahead are not. */
    int deadlinesHeld() {
        return worker.deadlinesHeld();
    }

    /** What every key shared when the engine was opened. */
    public Reference startReference() {
        return startReference;
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                failure,
                refusal(),
                committer.epochs(),
                queue.undoneEvents(),
                outbox.size(),
                outbox.bytes());
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            queue.close();
            committer.giveUp();
            worker.join();
            stopDelivery();
            committer.close(failure == null);
            closed = true;
            free();
        }
    }

    /**
     * Stops without finishing anything, and leaves the directory as a killed process would: what
     * was accepted and is not durable fails, nothing more is delivered, the cold store stays
     * behind.
     */
    void abandon() {
        fail("it was abandoned", new IllegalStateException("abandoned"));
        close();
    }

    private void free() {
        lookups.close();
        check.close();
        checkpointer.close();
        try {
            recovered.log().close();
        } catch (IOException e) {
            // Everything acknowledged was forced to the disk before.
            LOGGER.log(System.Logger.Level.WARNING, "the log does not close", e);
        }
        cold.close();
        try {
            directory.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "the lock does not close", e);
        }
    }

    private void stopDelivery() {
        try {
            deliverer.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(String what, Throwable cause) {
        String message = "the engine stopped: " + what + ": " + cause;
        failure = message;
        LOGGER.log(System.Logger.Level.ERROR, message, cause);
        queue.fail(new EngineStoppedException(message, cause));
    }
}
