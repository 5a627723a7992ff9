package io.paybeacon.embedded;

import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.store.ColdStore;
import io.paybeacon.embedded.store.Due;
import java.io.IOException;
import java.util.List;

/**
 * The deadlines in the cold store.
 *
 * @param checkpointer knows how far the store is
 */
record StoredDeadlines(ColdStore cold, Checkpointer checkpointer) implements DeadlineIndex.Far {
    /** An index of those in the store and those that the log behind it set. */
    static DeadlineIndex index(
            ColdStore cold, Checkpointer checkpointer, Recovery.Recovered recovered) {
        DeadlineIndex index =
                new DeadlineIndex(
                        new StoredDeadlines(cold, checkpointer), Limits.DEADLINES_AHEAD_MAX);
        long epoch = recovered.progress().epoch();
        for (Due due : recovered.deadlines()) {
            index.move(due.stage(), due.key(), Entry.NO_DEADLINE, due.millis(), epoch);
        }
        return index;
    }

    @Override
    public long epoch() {
        return checkpointer.stored();
    }

    @Override
    public List<Due> from(long millis, int count) throws IOException {
        return cold.dues(millis, count);
    }
}
