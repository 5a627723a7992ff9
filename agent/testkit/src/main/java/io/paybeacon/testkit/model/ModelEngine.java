package io.paybeacon.testkit.model;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.pipeline.Step;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.testkit.model.RecordedInput.Accepted;
import io.paybeacon.testkit.model.RecordedInput.Referred;
import io.paybeacon.testkit.model.RecordedInput.Ticked;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine that is slow and obviously right: one input at a time on one thread, each event through
 * the whole pipeline before the next, every state as bytes on a {@link ModelDisk} in memory. Other
 * engines are compared with it.
 *
 * <p>A stage that throws stops the engine, with the disk as it was before that input. One thread
 * works, another delivers; the monitor of the disk guards everything both see.
 */
public final class ModelEngine implements Engine {
    private static final long RETRY_MILLIS = 5;
    private static final long CLOSE_SECONDS_MAX = 30;
    private static final int BATCH_DELIVERIES_MAX = 16;

    private final Pipeline pipeline;
    private final InstantSource clock;
    private final OutputSink sink;
    private final ModelDisk disk;
    private final ModelSettings settings;
    private final ExecutorService worker = single("model-engine");
    private final ScheduledExecutorService deliverer = single("model-delivery");
    private final Object door = new Object();
    private Instant acceptedAt;
    private long queuedEvents;
    private Reference reference;
    private long epochs;
    private volatile boolean dead;
    private @Nullable String failure;

    /**
     * Starts on what the disk holds.
     *
     * @param reference in force from the start, unless the disk holds one of the same or a higher
     *     version
     */
    public ModelEngine(
            Pipeline pipeline,
            Reference reference,
            InstantSource clock,
            OutputSink sink,
            ModelDisk disk,
            ModelSettings settings) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.sink = sink;
        this.disk = disk;
        this.settings = settings;
        synchronized (disk) {
            Reference kept = disk.reference;
            this.reference =
                    kept != null && kept.version() >= reference.version() ? kept : reference;
            this.acceptedAt = disk.acceptedAt;
        }
        wake(0);
    }

    @Override
    public CompletableFuture<Void> accept(List<Event> events) {
        List<Event> batch = List.copyOf(events);
        try {
            batch.forEach(pipeline::route);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        synchronized (door) {
            if (queuedEvents + batch.size() > settings.queuedEventsMax()) {
                return CompletableFuture.failedFuture(
                        new OverloadedException(queuedEvents + " events wait already"));
            }
            queuedEvents += batch.size();
            Instant now = millis(clock.instant());
            acceptedAt = now.isBefore(acceptedAt) ? acceptedAt : now;
            Accepted input = new Accepted(acceptedAt, batch);
            return submit(batch.size(), epoch -> epoch.take(input));
        }
    }

    @Override
    public CompletableFuture<Void> tick(Instant now) {
        return submit(0, epoch -> epoch.take(new Ticked(millis(now))));
    }

    @Override
    public CompletableFuture<Void> refer(Reference changed) {
        return submit(0, epoch -> epoch.take(new Referred(millis(clock.instant()), changed)));
    }

    /** Hands on every forward that the policy has held back. */
    public CompletableFuture<Void> drain() {
        return submit(0, ModelEpoch::drain);
    }

    @Override
    public <S> CompletableFuture<Optional<S>> find(String stage, String key, Class<S> type) {
        Step<?, ?> step = step(stage);
        synchronized (disk) {
            ModelDisk.Kept kept = disk.kept.get(new StateKey(stage, key));
            try {
                return CompletableFuture.completedFuture(
                        kept == null
                                ? Optional.empty()
                                : Optional.of(type.cast(step.decode(kept.state))));
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    /** Every committed state. */
    public Map<StateKey, Object> states() {
        synchronized (disk) {
            Map<StateKey, Object> states = new TreeMap<>();
            disk.kept.forEach((key, kept) -> states.put(key, step(key.stage()).decode(kept.state)));
            return states;
        }
    }

    /** Every key that ever held a state. */
    public Set<StateKey> touched() {
        synchronized (disk) {
            return new TreeSet<>(disk.touched);
        }
    }

    @Override
    public MetricSnapshot metrics() {
        synchronized (disk) {
            return disk.metrics.snapshot();
        }
    }

    @Override
    public EngineStatus status() {
        long queued;
        synchronized (door) {
            queued = queuedEvents;
        }
        synchronized (disk) {
            return new EngineStatus(failure, epochs, queued, disk.undelivered.size());
        }
    }

    /** Dies at once: what is not durable is lost, and futures that wait never complete. */
    public void crash() {
        dead = true;
        worker.shutdownNow();
        deliverer.shutdownNow();
        await(worker);
        await(deliverer);
    }

    @Override
    public void close() {
        worker.shutdown();
        await(worker);
        dead = true;
        deliverer.shutdownNow();
        await(deliverer);
    }

    private CompletableFuture<Void> submit(int events, Consumer<ModelEpoch> work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            worker.execute(() -> run(events, work, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(new EngineStoppedException("the engine is closed", null));
        }
        return done;
    }

    private void run(int events, Consumer<ModelEpoch> work, CompletableFuture<Void> done) {
        EngineStoppedException stopped = null;
        synchronized (disk) {
            if (dead) {
                return;
            }
            ModelEpoch epoch = new ModelEpoch(pipeline, disk, reference, settings.forwards());
            try {
                if (failure == null) {
                    settings.writePoint().run();
                    work.accept(epoch);
                    epoch.commit();
                    reference = epoch.reference();
                    epochs++;
                    settings.writePoint().run();
                }
            } catch (SimulatedCrash e) {
                dead = true;
                return;
            } catch (RuntimeException e) {
                epoch.rollBack();
                failure = e.toString();
                stopped = new EngineStoppedException("the engine stopped: " + failure, e);
            }
            if (failure != null && stopped == null) {
                stopped = new EngineStoppedException("the engine stopped: " + failure, null);
            }
        }
        synchronized (door) {
            queuedEvents -= events;
        }
        if (stopped == null) {
            wake(0);
            done.complete(null);
        } else {
            done.completeExceptionally(stopped);
        }
    }

    private void wake(long delayMillis) {
        try {
            var _ = deliverer.schedule(this::deliver, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closing or crashed: what is undelivered is delivered after the next start.
        }
    }

    private void deliver() {
        List<Delivery> batch;
        synchronized (disk) {
            batch = disk.undelivered.stream().limit(BATCH_DELIVERIES_MAX).toList();
        }
        if (dead || batch.isEmpty()) {
            return;
        }
        boolean confirmed = true;
        try {
            sink.deliver(batch);
        } catch (Exception e) {
            // The contract of a sink: a batch that throws is delivered again after a pause.
            confirmed = false;
        }
        synchronized (disk) {
            if (dead) {
                return;
            }
            try {
                settings.writePoint().run();
            } catch (SimulatedCrash e) {
                dead = true;
                return;
            }
            if (confirmed) {
                batch.forEach(_ -> disk.undelivered.remove());
            }
        }
        wake(confirmed ? 0 : RETRY_MILLIS);
    }

    private Step<?, ?> step(String stage) {
        for (Step<?, ?> step : pipeline.steps()) {
            if (step.name().equals(stage)) {
                return step;
            }
        }
        throw new IllegalArgumentException("no stage is called " + stage);
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private static ScheduledExecutorService single(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    private static void await(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a stage or sink does not return");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
