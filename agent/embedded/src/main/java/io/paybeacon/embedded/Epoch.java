package io.paybeacon.embedded;

import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.record.EncodedRecord;
import io.paybeacon.embedded.record.EpochRecord;
import io.paybeacon.embedded.store.Due;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A computed epoch on its way to the log. */
final class Epoch {
    final EpochRecord record;
    final EncodedRecord encoded;
    final List<Due> stale;
    final Map<Series, Map<Integer, Exemplar>> exemplars;
    // What every key shares during it: also when the record does not say so.
    final Reference reference;
    final List<Input> durable;
    // Kept only when the copy is made.
    final Input.@Nullable Copied copy;

    /**
     * @param stale deadlines that were found not to be due any more
     * @param durable the inputs whose senders are told when it is on the disk
     */
    Epoch(
            EpochRecord record,
            EncodedRecord encoded,
            List<Due> stale,
            Map<Series, Map<Integer, Exemplar>> exemplars,
            Reference reference,
            List<Input> durable) {
        this.record = record;
        this.encoded = encoded;
        this.stale = stale;
        this.exemplars = exemplars;
        this.reference = reference;
        this.copy =
                durable.size() == 1 && durable.getFirst() instanceof Input.Copied copied
                        ? copied
                        : null;
        this.durable = copy == null ? durable : List.of();
    }
}
