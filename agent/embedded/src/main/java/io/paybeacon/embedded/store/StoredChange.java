package io.paybeacon.embedded.store;

import java.util.Arrays;

/** What a key of a stage holds from a checkpoint on. Compared by nobody, hence no record. */
public final class StoredChange {
    private final int stage;
    private final String key;
    private final long dueMillis;
    private final long dueBeforeMillis;
    private final byte[] bytes;
    private final int offset;
    private final int length;

    /**
     * A change.
     *
     * @param dueMillis when its deadline is due, or {@link
     *     io.paybeacon.embedded.record.Entry#NO_DEADLINE}
     * @param dueBeforeMillis when it was due at the checkpoint before, likewise; none if that is
     *     not known
     * @param bytes hold the encoded entry, from an offset on
     * @param length how long that is; 0 when the key holds nothing
     */
    public StoredChange(
            int stage,
            String key,
            long dueMillis,
            long dueBeforeMillis,
            byte[] bytes,
            int offset,
            int length) {
        this.stage = stage;
        this.key = key;
        this.dueMillis = dueMillis;
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

    long dueMillis() {
        return dueMillis;
    }

    long dueBeforeMillis() {
        return dueBeforeMillis;
    }

    boolean present() {
        return length > 0;
    }

    /** The entry as bytes. */
    byte[] encoded() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }
}
