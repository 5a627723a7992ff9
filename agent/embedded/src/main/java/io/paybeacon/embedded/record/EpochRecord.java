package io.paybeacon.embedded.record;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.stage.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an epoch changes: durable together or not at all.
 *
 * <p>It holds what is true after the epoch, not what happened in it, so that replaying records that
 * are already in the cold store changes nothing.
 *
 * @param progress how far the engine has come with it
 * @param states what the changed keys hold
 * @param metrics where the changed series stand
 * @param outputs what is to be delivered, by ascending position
 * @param reference what all keys share from here on; null when that did not change
 */
public record EpochRecord(
        Progress progress,
        List<StateChange> states,
        List<MetricRow> metrics,
        List<Delivery> outputs,
        @Nullable Reference reference) {
    public EpochRecord {
        states = List.copyOf(states);
        metrics = List.copyOf(metrics);
        outputs = List.copyOf(outputs);
    }
}
