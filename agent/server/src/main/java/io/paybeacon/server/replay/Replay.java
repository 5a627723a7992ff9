package io.paybeacon.server.replay;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.EmbeddedEngine;
import io.paybeacon.embedded.EngineOptions;
import io.paybeacon.gateways.platform.PlatformEvents;
import io.paybeacon.gateways.platform.PlatformEvents.Reading;
import io.paybeacon.gateways.platform.PlatformEvents.Rejected;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * Tells events, one a line, to an engine with a directory of its own. The clock is theirs: it
 * reaches the time of each event before it is accepted and ticks every minute on the way, so that
 * the same file takes the same steps however often and however fast it is replayed, and what waits
 * for days in the file waits for days.
 *
 * <p>One thread uses it.
 */
public final class Replay implements AutoCloseable {
    /** How many lines that could not be taken are explained. */
    public static final int EXPLAINED_MAX = 20;

    /** The longest line, in bytes. */
    static final int LINE_BYTES_MAX = 1 << 20;

    /** A gap longer than this is passed in ticks of an hour: a file may hold years of silence. */
    private static final Duration FINE_GAP = Duration.ofDays(2);

    private static final Duration TICK = Duration.ofMinutes(1);
    private static final Duration COARSE_TICK = Duration.ofHours(1);
    private static final int CALL_EVENTS_MAX = 256;
    private static final int PENDING_CALLS_MAX = 64;

    private final ReplayClock clock = new ReplayClock();
    private final Map<String, Finding> open = new TreeMap<>();
    private final Map<String, Long> opened = new TreeMap<>();
    private final List<Rejected> explained = new ArrayList<>();
    private final Deque<CompletableFuture<Void>> pending = new ArrayDeque<>();
    private final List<Event> call = new ArrayList<>();
    private final PlatformEvents reader = new PlatformEvents(_ -> true);
    private final EmbeddedEngine engine;
    private Instant ticked = Instant.EPOCH;
    private long lines;
    private long accepted;
    private long rejected;

    private Replay(Path directory, Reference reference) throws IOException {
        engine =
                EmbeddedEngine.open(
                        EngineOptions.in(directory).withLinger(Duration.ZERO),
                        Pipeline.standard(),
                        reference,
                        clock,
                        this::deliver);
    }

    /**
     * A replay at its beginning.
     *
     * @param directory of the engine; one that was replayed into before goes on from there
     * @throws IOException if the directory cannot be used
     */
    public static Replay into(Path directory, Reference reference) throws IOException {
        return new Replay(directory, reference);
    }

    private synchronized void deliver(List<OutputSink.Delivery> batch) {
        for (OutputSink.Delivery delivery : batch) {
            switch (delivery.output()) {
                case FindingOpened(Finding finding) -> {
                    open.put(finding.id(), finding);
                    opened.merge(finding.kind().label(), 1L, Long::sum);
                }
                case FindingUpdated(Finding finding) -> open.put(finding.id(), finding);
                case FindingResolved(String id, _, _) -> open.remove(id);
                case FindingHandled _, Notify _, Forward _, Measurement _ -> {
                    // Nobody acts in a replay, and nobody is told.
                }
            }
        }
    }

    /**
     * Tells every line.
     *
     * @param progress told after each line how many bytes were read so far
     * @throws IOException if the stream cannot be read
     */
    public void read(InputStream in, LongConsumer progress) throws IOException {
        InputStream buffered = new BufferedInputStream(in, 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long bytes = 0;
        boolean tooLong = false;
        while (true) {
            int next = buffered.read();
            bytes += next < 0 ? 0 : 1;
            if (next >= 0 && next != '\n') {
                tooLong |= line.size() >= LINE_BYTES_MAX;
                if (!tooLong) {
                    line.write(next);
                }
                continue;
            }
            if (next < 0 && line.size() == 0 && !tooLong) {
                break;
            }
            take(line.toByteArray(), tooLong);
            progress.accept(bytes);
            line.reset();
            tooLong = false;
            if (next < 0) {
                break;
            }
        }
        tell();
        confirm();
    }

    private void take(byte[] line, boolean tooLong) {
        long index = lines++;
        if (tooLong) {
            reject(
                    new Rejected(
                            index,
                            "",
                            "the line is longer than " + LINE_BYTES_MAX + " bytes",
                            "write one event a line"));
            return;
        }
        if (new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
            return;
        }
        Reading reading = reader.readLine(line, index);
        reading.rejected().forEach(this::reject);
        for (Event event : reading.accepted()) {
            accepted++;
            reach(event.origin().occurredAt());
            call.add(event);
            if (call.size() >= CALL_EVENTS_MAX) {
                tell();
            }
        }
    }

    private void reject(Rejected one) {
        rejected++;
        if (explained.size() < EXPLAINED_MAX) {
            explained.add(one);
        }
    }

    /** Lets the time pass until then, tick by tick. */
    private void reach(Instant moment) {
        if (ticked.equals(Instant.EPOCH)) {
            ticked = moment;
        }
        while (Duration.between(ticked, moment).compareTo(TICK) >= 0) {
            tell();
            confirm();
            boolean far = Duration.between(ticked, moment).compareTo(FINE_GAP) > 0;
            ticked = ticked.plus(far ? COARSE_TICK : TICK);
            clock.reach(ticked);
            engine.tick(ticked).join();
        }
        clock.reach(moment);
    }

    /** Lets time pass after the last event, so that what is due then comes out. */
    public void waitFor(Duration duration) {
        if (accepted > 0) {
            reach(clock.instant().plus(duration));
        }
    }

    private void tell() {
        if (call.isEmpty()) {
            return;
        }
        pending.add(engine.accept(List.copyOf(call)));
        call.clear();
        if (pending.size() >= PENDING_CALLS_MAX) {
            confirm();
        }
    }

    private void confirm() {
        while (!pending.isEmpty()) {
            pending.removeFirst().join();
        }
    }

    /** How many lines were read. */
    public long lines() {
        return lines;
    }

    /** How many events were taken. */
    public long accepted() {
        return accepted;
    }

    /** How many lines were not. */
    public long rejected() {
        return rejected;
    }

    /** The first lines that were not taken, and why. */
    public List<Rejected> explained() {
        return List.copyOf(explained);
    }

    /** Where the clock stands. */
    public Instant now() {
        return clock.instant();
    }

    /** The committed metrics. */
    public MetricSnapshot metrics() {
        return engine.metrics();
    }

    /** Ends the engine once everything is told of; the findings are complete after that. */
    @Override
    public void close() {
        engine.close();
    }

    /** The findings that are open at the end, by id. */
    public synchronized Map<String, Finding> open() {
        return new TreeMap<>(open);
    }

    /** How many findings were opened, by kind. */
    public synchronized Map<String, Long> opened() {
        return new TreeMap<>(opened);
    }
}
