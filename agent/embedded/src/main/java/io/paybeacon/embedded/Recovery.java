package io.paybeacon.embedded;

import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.pipeline.Step;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.log.AppendLog;
import io.paybeacon.embedded.log.LogDirectory;
import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.record.EpochRecord;
import io.paybeacon.embedded.record.Progress;
import io.paybeacon.embedded.record.RecordCodec;
import io.paybeacon.embedded.record.StateChange;
import io.paybeacon.embedded.store.ColdStore;
import io.paybeacon.embedded.store.Due;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings back what an engine had made durable: the cold store, and the log behind it. */
final class Recovery {
    private final RecordCodec codec;
    private final ColdStore cold;
    private final StateCache states;
    private final MetricTable metrics;
    private final List<Map<String, Long>> deadlines = new ArrayList<>();
    private final List<Delivery> logged = new ArrayList<>();
    private Progress progress;
    private @Nullable Reference reference;

    private Recovery(Pipeline pipeline, RecordCodec codec, ColdStore cold) throws IOException {
        this.codec = codec;
        this.cold = cold;
        cold.requireStages();
        this.states = new StateCache(cold, codec, pipeline.steps().size());
        this.metrics = new MetricTable(cold.metrics());
        this.progress = cold.progress();
        this.reference = cold.reference();
        pipeline.steps().forEach(_ -> deadlines.add(new HashMap<>()));
    }

    /**
     * What was brought back.
     *
     * @param behind whether the log holds epochs that the cold store does not
     * @param deadlines those that the log behind the cold store set
     * @param undelivered every output that is not confirmed, in order
     * @param logged those of them that the cold store does not hold
     * @param reference what all keys shared; null when nothing was ever written
     */
    record Recovered(
            RecordCodec codec,
            AppendLog log,
            boolean behind,
            Progress progress,
            StateCache states,
            MetricTable metrics,
            List<Due> deadlines,
            List<Delivery> undelivered,
            List<Delivery> logged,
            @Nullable Reference reference) {}

    static Recovered run(
            Pipeline pipeline, RecordCodec codec, ColdStore cold, LogDirectory directory)
            throws IOException {
        try {
            return new Recovery(pipeline, codec, cold).run(directory);
        } catch (CodecException e) {
            throw new IOException("cannot read the data directory: " + e.getMessage(), e);
        }
    }

    static List<String> names(Pipeline pipeline) {
        List<String> names = new ArrayList<>();
        for (Step<?, ?> step : pipeline.steps()) {
            names.add(step.name());
        }
        return names;
    }

    private Recovered run(LogDirectory directory) throws IOException {
        long checkpoint = progress.epoch();
        List<Delivery> undelivered = new ArrayList<>(cold.outputs());
        AppendLog log = AppendLog.open(directory, checkpoint, this::replay);
        boolean behind = progress.epoch() > checkpoint;
        if (!behind) {
            log.deleteThrough(checkpoint);
        }
        List<Due> dues = new ArrayList<>();
        for (int stage = 0; stage < deadlines.size(); stage++) {
            int position = stage;
            deadlines.get(stage).forEach((key, millis) -> dues.add(new Due(millis, position, key)));
        }
        undelivered.addAll(logged);
        undelivered.removeIf(output -> output.position() <= progress.confirmed());
        return new Recovered(
                codec,
                log,
                behind,
                progress,
                states,
                metrics,
                dues,
                undelivered,
                logged,
                reference);
    }

    private void replay(long number, byte[] body, String file, long offset) throws IOException {
        if (number <= progress.epoch()) {
            return;
        }
        EpochRecord record;
        try {
            record = codec.decode(body);
        } catch (CodecException e) {
            throw new IOException(
                    "log file %s, offset %d: %s".formatted(file, offset, e.getMessage()), e);
        }
        progress = record.progress();
        states.publish(record.states(), null);
        record.states().forEach(this::due);
        metrics.publish(record.metrics(), Map.of());
        logged.addAll(record.outputs());
        if (record.reference() != null) {
            reference = record.reference();
        }
    }

    private void due(StateChange change) {
        Map<String, Long> stage = deadlines.get(change.stage());
        if (change.entry().deadlineMillis() == Entry.NO_DEADLINE) {
            stage.remove(change.key());
        } else {
            stage.put(change.key(), change.entry().deadlineMillis());
        }
    }
}
