package io.paybeacon.embedded;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.Toys.Cell;
import io.paybeacon.embedded.Toys.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An engine over the toys with a clock and a sink that a test sets by hand. */
final class EngineFixture implements AutoCloseable {
    static final long PATIENCE_SECONDS = 30;

    final AtomicReference<Instant> clock = new AtomicReference<>(Toys.START);
    final RecordingSink sink;
    private final Path directory;
    private final UnaryOperator<EngineOptions> options;
    private @Nullable EmbeddedEngine engine;

    EngineFixture(Path directory, UnaryOperator<EngineOptions> options) {
        this(directory, options, new RecordingSink());
    }

    EngineFixture(Path directory, UnaryOperator<EngineOptions> options, RecordingSink sink) {
        this.directory = directory;
        this.options = options;
        this.sink = sink;
    }

    /** Starts an engine, or the next one on what the last one left. */
    EmbeddedEngine start() throws IOException {
        return start(Reference.defaults(), Disk.REAL);
    }

    EmbeddedEngine start(Reference reference, Disk disk) throws IOException {
        stop();
        EmbeddedEngine started =
                open(directory, options, Toys.pipeline(), reference, clock::get, sink, disk);
        engine = started;
        return started;
    }

    static EmbeddedEngine open(
            Path directory,
            UnaryOperator<EngineOptions> options,
            Pipeline pipeline,
            Reference reference,
            InstantSource clock,
            OutputSink sink,
            Disk disk)
            throws IOException {
        EngineOptions base = EngineOptions.in(directory).withLinger(Duration.ZERO);
        return EmbeddedEngine.open(options.apply(base), pipeline, reference, clock, sink, disk);
    }

    EmbeddedEngine engine() {
        if (engine == null) {
            throw new IllegalStateException("not started");
        }
        return engine;
    }

    void accept(Event... events) {
        await(engine().accept(List.of(events)));
    }

    /** A tick, by milliseconds after the start. */
    void tick(long millis) {
        await(engine().tick(Toys.START.plusMillis(millis)));
    }

    Optional<Item> item(String name) {
        return await(engine().find(Toys.ITEM, Toys.key(name), Item.class));
    }

    long cellSum() {
        return await(engine().find(Toys.CELL, Toys.GATEWAY, Cell.class)).map(Cell::sum).orElse(0L);
    }

    long created() {
        return value(engine().metrics(), Metric.PAYMENTS_CREATED, Toys.GATEWAY);
    }

    static long value(MetricSnapshot metrics, Metric metric, String... labels) {
        return metrics.values().getOrDefault(Series.of(metric, labels), 0L);
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("waited in vain", e);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Closes the engine that runs, if one does. */
    void stop() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
