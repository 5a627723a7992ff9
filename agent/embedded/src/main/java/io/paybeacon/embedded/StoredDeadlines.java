package io.paybeacon.embedded;

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
    @Override
    public long epoch() {
        return checkpointer.stored();
    }

    @Override
    public List<Due> from(long millis, int count) throws IOException {
        return cold.dues(millis, count);
    }
}
