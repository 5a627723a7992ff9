package io.paybeacon.embedded.store;

import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.record.RecordCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a key of a stage holds from a checkpoint on. */
public final class StoredChange {
    private final int stage;
    private final String key;
    private final Entry entry;
    private final long dueBeforeMillis;
    private final byte @Nullable [] bytes;
    private final int offset;
    private final int length;

    /**
     * A change.
     *
     * @param dueBeforeMillis when its deadline was due at the checkpoint before, or {@link
     *     Entry#NO_DEADLINE} if it had none or that is not known
     * @param bytes hold the encoded entry, from an offset on; null when it is not encoded yet
     */
    public StoredChange(
            int stage,
            String key,
            Entry entry,
            long dueBeforeMillis,
            byte @Nullable [] bytes,
            int offset,
            int length) {
        this.stage = stage;
        this.key = key;
        this.entry = entry;
        this.dueBeforeMillis = dueBeforeMillis;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    int stage() {
        return stage;
    }

    String key() {
        return key;
    }

    Entry entry() {
        return entry;
    }

    long dueBeforeMillis() {
        return dueBeforeMillis;
    }

    /** The entry as bytes. */
    byte[] encoded(RecordCodec codec) {
        return bytes == null
                ? codec.encodeEntry(stage, entry)
                : Arrays.copyOfRange(bytes, offset, offset + length);
    }
}
