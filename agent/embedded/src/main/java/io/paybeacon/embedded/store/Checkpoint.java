package io.paybeacon.embedded.store;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.record.MetricRow;
import io.paybeacon.embedded.record.Progress;
import java.util.List;

/**
 * What changed since the checkpoint before, as it is after the epoch of {@code progress}.
 *
 * @param stale times of the index at which no deadline is due any more
 * @param outputs the outputs since the checkpoint before that are not confirmed
 * @param reference what all keys share
 */
public record Checkpoint(
        Progress progress,
        List<StoredChange> states,
        List<Due> stale,
        List<MetricRow> metrics,
        List<Delivery> outputs,
        Reference reference) {
    public Checkpoint {
        states = List.copyOf(states);
        stale = List.copyOf(stale);
        metrics = List.copyOf(metrics);
        outputs = List.copyOf(outputs);
    }
}
