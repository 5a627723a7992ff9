package io.paybeacon.embedded;

import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.record.EncodedRecord;
import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.record.EpochRecord;
import io.paybeacon.embedded.record.MetricRow;
import io.paybeacon.embedded.record.Progress;
import io.paybeacon.embedded.record.RecordCodec;
import io.paybeacon.embedded.record.StateChange;
import io.paybeacon.embedded.store.Due;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Computes epochs from what waits at the door, each on what the one before it left behind, whether
 * that is durable yet or not: nothing is visible before it is. One thread.
 *
 * <p>A stage that throws fails the call that led there, and nothing else: the epoch is computed
 * again call by call, leaving out what fails. The sender keeps what was not accepted, so nothing is
 * lost, and the rest of the world goes on. A deadline whose stage throws stays due and is tried
 * again at the next tick.
 */
final class Worker {
    private static final System.Logger LOGGER = System.getLogger(Worker.class.getName());
    private static final long EVENT_BYTES_ASSUMED = 256;

    private final EngineOptions options;
    private final Pipeline pipeline;
    private final RecordCodec codec;
    private final InputQueue queue;
    private final StateCache states;
    private final DeadlineIndex deadlines;
    private final Outbox outbox;
    private final Committer committer;
    private final Runnable drained;
    private final BiConsumer<String, Throwable> stop;
    private final Consumer<String> stageFailed;
    private final AtomicLong stageFailures = new AtomicLong();
    private final Thread thread;
    private final Map<Series, MetricRow> rows = new HashMap<>();
    private Progress progress;
    private Reference reference;
    private @Nullable Reference unrecorded;
    // What the epoch before changed: it may not be visible yet.
    private List<Map<String, Entry>> previous = List.of();
    // Deadlines set for a time up to this one are kept as due just after it.
    private long anewAfterMillis = Long.MIN_VALUE;
    private long eventBytes = EVENT_BYTES_ASSUMED;
    private volatile int deadlinesHeld;

    /**
     * @param recovered where the engine stands and what is deliverable
     * @param reference what every key shares from here on
     * @param drained is called when nothing is left to compute, before the last epoch
     * @param stageFailed is told the name of a stage each time that one threw
     */
    Worker(
            EngineOptions options,
            Pipeline pipeline,
            Recovery.Recovered recovered,
            DeadlineIndex deadlines,
            Reference reference,
            InputQueue queue,
            Outbox outbox,
            Committer committer,
            Runnable drained,
            BiConsumer<String, Throwable> stop,
            Consumer<String> stageFailed) {
        this.options = options;
        this.pipeline = pipeline;
        this.codec = recovered.codec();
        this.queue = queue;
        this.states = recovered.states();
        this.deadlines = deadlines;
        this.outbox = outbox;
        this.committer = committer;
        this.drained = drained;
        this.stop = stop;
        this.stageFailed = stageFailed;
        this.progress = recovered.progress();
        this.reference = reference;
        this.unrecorded = reference.equals(recovered.reference()) ? null : reference;
        recovered.metrics().all().forEach(row -> rows.put(row.series(), row));
        this.thread = Thread.ofPlatform().daemon().name("paybeacon-work").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Returns when everything that waited at the closed door is handed to the committer. */
    void join() {
        Threads.join(thread);
    }

    /** How often a stage threw. */
    long stageFailures() {
        return stageFailures.get();
    }

    /** How many deadlines were in memory after the last epoch. */
    int deadlinesHeld() {
        return deadlinesHeld;
    }

    // Whatever goes wrong here, nobody may wait for ever for an epoch that is never computed.
    private void run() {
        try {
            List<Input> inputs = queue.take(eventsMax(), options.linger().toNanos());
            while (!inputs.isEmpty() && compute(inputs)) {
                inputs = queue.take(eventsMax(), options.linger().toNanos());
            }
            drained.run();
            if (outbox.confirmed() > progress.confirmed()) {
                epoch(List.of(), List.of());
            }
        } catch (Throwable e) {
            stop.accept("an epoch could not be computed", e);
        }
    }

    private int eventsMax() {
        long fit = options.epochBytes() / eventBytes;
        return Math.clamp(fit, 1, options.epochEventsMax());
    }

    private boolean compute(List<Input> inputs) throws IOException, InterruptedException {
        return switch (inputs.getFirst()) {
            case Input.Told _ -> tell(inputs);
            case Input.Ticked ticked -> tick(ticked);
            case Input.Referred(Reference changed, _) -> {
                reference = changed;
                unrecorded = changed;
                yield epoch(List.of(), inputs);
            }
            case Input.Copied _ -> epoch(List.of(), inputs);
        };
    }

    private boolean tell(List<Input> inputs) throws IOException, InterruptedException {
        List<Unit> units = new ArrayList<>(inputs.size());
        for (Input input : inputs) {
            if (input instanceof Input.Told told) {
                units.add(new Unit.Call(told));
                progress = at(told.acceptedAt().toEpochMilli(), progress.tickMillis());
            }
        }
        return epoch(units, inputs);
    }

    private boolean tick(Input.Ticked ticked) throws IOException, InterruptedException {
        long millis = ticked.now().toEpochMilli();
        long before = progress.tickMillis();
        if (millis <= before) {
            return epoch(List.of(), List.of(ticked));
        }
        List<Unit> chunk = new ArrayList<>();
        long last = Long.MIN_VALUE;
        for (Due due = deadlines.next(null, millis);
                due != null;
                due = deadlines.next(due, millis)) {
            long effective =
                    before == Long.MIN_VALUE ? due.millis() : Math.max(due.millis(), before + 1);
            // Deadlines that share a time share an epoch: ids are unique within one.
            if (chunk.size() >= options.epochEventsMax() && last != effective) {
                // The tick counts as told with its last epoch. If a crash comes in between, it is
                // told again and fires the rest, but not what was set anew meanwhile.
                anewAfterMillis = millis;
                if (!epoch(chunk, List.of())) {
                    return false;
                }
                chunk = new ArrayList<>();
                String full = Outbox.refusal(outbox.bytes(), options);
                if (full != null) {
                    // The same as after a crash: a later tick fires the rest.
                    anewAfterMillis = Long.MIN_VALUE;
                    queue.refuse(ticked, new OverloadedException(full));
                    return true;
                }
            }
            chunk.add(new Unit.Reached(due, effective, ticked.now()));
            last = effective;
        }
        anewAfterMillis = Long.MIN_VALUE;
        progress = at(progress.acceptedMillis(), millis);
        return epoch(chunk, List.of(ticked));
    }

    private Progress at(long acceptedMillis, long tickMillis) {
        return new Progress(
                progress.epoch(),
                acceptedMillis,
                tickMillis,
                progress.position(),
                progress.confirmed());
    }

    /** Computes an epoch and hands it over. */
    private boolean epoch(List<Unit> units, List<Input> inputs)
            throws IOException, InterruptedException {
        List<Input> durable = new ArrayList<>(inputs);
        Changes changes = changes();
        EpochRecord record;
        EncodedRecord bytes;
        try {
            computer(changes).compute(units);
            record = record(changes);
            bytes = encoded(record);
        } catch (StageFailedException e) {
            changes = oneByOne(units, durable);
            record = record(changes);
            bytes = encoded(record);
        }
        for (StateChange change : record.states()) {
            deadlines.move(
                    change.stage(),
                    change.key(),
                    changes.deadlineBefore(change),
                    change.entry().deadlineMillis(),
                    record.progress().epoch());
        }
        changes.stale().forEach(deadlines::drop);
        deadlinesHeld = deadlines.held();
        record.metrics().forEach(row -> rows.put(row.series(), row));
        progress = record.progress();
        unrecorded = null;
        if (units.size() >= 16) {
            eventBytes = Math.max(1, (7 * eventBytes + bytes.bytes().length / events(units)) / 8);
        }
        Epoch epoch =
                new Epoch(record, bytes, changes.stale(), exemplars(changes), reference, durable);
        if (!committer.submit(epoch)) {
            return false;
        }
        previous = byStage(record.states());
        return true;
    }

    private EpochComputer computer(Changes changes) {
        return new EpochComputer(pipeline, reference, changes, anewAfterMillis);
    }

    /** Computes the units one after the other, leaving out those that make a stage throw. */
    private Changes oneByOne(List<Unit> units, List<Input> durable) throws IOException {
        Changes all = changes();
        for (Unit unit : units) {
            Changes part = all.part();
            try {
                computer(part).compute(List.of(unit));
                part.states().forEach(this::requireEncodable);
            } catch (StageFailedException e) {
                count(e);
                if (unit instanceof Unit.Call(Input.Told told)) {
                    durable.remove(told);
                    queue.refuse(told, e);
                }
                continue;
            }
            all.absorb(part);
        }
        return all;
    }

    /** Fails as a whole when it fails: which call is to blame shows one by one. */
    private EncodedRecord encoded(EpochRecord record) {
        try {
            return codec.encode(record);
        } catch (RuntimeException e) {
            throw new StageFailedException("(some)", "(some)", "(some)", e);
        }
    }

    private void requireEncodable(StateChange change) {
        try {
            codec.requireEncodable(change);
        } catch (RuntimeException e) {
            String stage = pipeline.steps().get(change.stage()).name();
            throw new StageFailedException(stage, change.key(), "its new state", e);
        }
    }

    private Changes changes() {
        return new Changes(
                pipeline.steps().size(),
                (stage, key) -> {
                    Entry entry = previous.isEmpty() ? null : previous.get(stage).get(key);
                    return entry != null ? entry : states.touch(stage, key);
                });
    }

    private EpochRecord record(Changes changes) {
        List<MetricRow> metrics = new ArrayList<>();
        changes.tallies().forEach((series, tally) -> metrics.add(tally.onto(rows.get(series))));
        List<Delivery> outputs = outputs(changes.emitted());
        Progress next =
                new Progress(
                        progress.epoch() + 1,
                        progress.acceptedMillis(),
                        progress.tickMillis(),
                        progress.position() + outputs.size(),
                        outbox.confirmed());
        return new EpochRecord(next, changes.states(), metrics, outputs, unrecorded);
    }

    /** In the order of the inputs, whatever epochs they were in; each with an id of its own. */
    private List<Delivery> outputs(List<Changes.Emitted> emitted) {
        List<Changes.Emitted> sorted = new ArrayList<>(emitted);
        sorted.sort(Comparator.comparingInt(Changes.Emitted::sequence));
        Set<String> ids = new HashSet<>();
        List<Delivery> deliveries = new ArrayList<>();
        for (Changes.Emitted one : sorted) {
            String path = one.stage() + "|" + one.key() + "|" + one.cause() + "|";
            int ordinal = one.ordinal();
            while (!ids.add(path + ordinal)) {
                // One message told the same key twice.
                ordinal++;
            }
            long position = progress.position() + deliveries.size() + 1;
            deliveries.add(new Delivery(path + ordinal, position, one.output()));
        }
        return deliveries;
    }

    private static Map<Series, Map<Integer, Exemplar>> exemplars(Changes changes) {
        Map<Series, Map<Integer, Exemplar>> samples = new HashMap<>();
        changes.tallies()
                .forEach((series, tally) -> {
                    if (!tally.exemplars().isEmpty()) {
                        samples.put(series, tally.exemplars());
                    }
                });
        return samples;
    }

    private List<Map<String, Entry>> byStage(List<StateChange> changed) {
        List<Map<String, Entry>> stages = new ArrayList<>();
        pipeline.steps().forEach(_ -> stages.add(new HashMap<>()));
        changed.forEach(one -> stages.get(one.stage()).put(one.key(), one.entry()));
        return stages;
    }

    private static int events(List<Unit> units) {
        int events = 0;
        for (Unit unit : units) {
            events +=
                    switch (unit) {
                        case Unit.Call(Input.Told told) -> told.events().size();
                        case Unit.Reached _ -> 1;
                    };
        }
        return Math.max(1, events);
    }

    /** Says so, ever more rarely: a deadline that fails does so at each tick. */
    private void count(StageFailedException failure) {
        long failures = stageFailures.incrementAndGet();
        stageFailed.accept(failure.stage());
        if (Long.bitCount(failures) == 1) {
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    "a stage threw, in all " + failures + " times; nothing of the call is kept",
                    failure);
        }
    }
}
