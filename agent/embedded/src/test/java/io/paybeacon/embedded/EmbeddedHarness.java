package io.paybeacon.embedded;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.testkit.contract.EngineHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Embedded engines on one directory, with limits so small that files end, checkpoints are written
 * and states leave memory all the time.
 */
final class EmbeddedHarness implements EngineHarness {
    private static final int QUEUED_EVENTS_MAX = 300;

    private final Path root;
    private final UnaryOperator<EngineOptions> limits;
    private final Faults faults = new Faults();
    private EmbeddedEngine engine;

    EmbeddedHarness() {
        this(options ->
                options.withQueuedEventsMax(QUEUED_EVENTS_MAX)
                        .withEpochEventsMax(16)
                        .withLinger(Duration.ZERO)
                        .withSegmentBytes(4_000)
                        .withCacheEntriesMax(30));
    }

    /** Engines with limits of the caller's choice. */
    EmbeddedHarness(UnaryOperator<EngineOptions> limits) {
        this.limits = limits;
        try {
            root = Files.createTempDirectory("paybeacon-embedded");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Engine start(
            Pipeline pipeline, Reference reference, InstantSource clock, OutputSink sink) {
        EngineOptions options = limits.apply(EngineOptions.in(root));
        try {
            engine =
                    EmbeddedEngine.open(
                            options, pipeline, reference, clock, sink, new FaultyDisk(faults));
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void crash() {
        if (engine != null) {
            engine.abandon();
            engine = null;
        }
    }

    @Override
    public Optional<CrashPoints> crashPoints() {
        return Optional.of(new Points());
    }

    @Override
    public OptionalInt queuedEventsMax() {
        return OptionalInt.of(QUEUED_EVENTS_MAX);
    }

    @Override
    public void close() {
        crash();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Points implements CrashPoints {
        @Override
        public int passed() {
            return faults.passed();
        }

        @Override
        public void arm(int writes) {
            faults.arm(writes);
        }

        @Override
        public boolean disarm() {
            return faults.disarm();
        }

        @Override
        public boolean crashed() {
            return faults.dead();
        }
    }
}
