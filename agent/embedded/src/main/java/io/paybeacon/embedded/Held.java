package io.paybeacon.embedded;

import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.record.RecordCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a key holds, in memory: as an object while it is recent, since the next event of a payment
 * follows soon, then as the bytes that are in memory for the next checkpoint anyway. As an object a
 * state is some ten times as large, and the collector copies every part of it.
 *
 * <p>Safe for use by many threads: the object comes and goes, and is always equal to the bytes.
 */
final class Held {
    static final Held ABSENT = new Held(Entry.ABSENT, new byte[0], 0, 0);

    final long dueMillis;
    final byte[] bytes;
    final int offset;
    final int length;
    private volatile @Nullable Entry entry;

    /**
     * @param bytes hold the encoded entry, from an offset on
     */
    Held(Entry entry, byte[] bytes, int offset, int length) {
        this.dueMillis = entry.deadlineMillis();
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.entry = entry;
    }

    /** Whether the key holds a state. */
    boolean present() {
        return length > 0;
    }

    Entry entry(RecordCodec codec, int stage) {
        Entry now = entry;
        if (now != null) {
            return now;
        }
        return present() ? codec.decodeEntry(stage, bytes, offset, length) : Entry.ABSENT;
    }

    /** The same with bytes of its own, so that those of a whole epoch need not be kept for it. */
    Held alone(RecordCodec codec, int stage) {
        byte[] own = Arrays.copyOfRange(bytes, offset, offset + length);
        Held copy = new Held(entry(codec, stage), own, 0, length);
        copy.compact();
        return copy;
    }

    /** It is not recent any more. */
    void compact() {
        if (present()) {
            entry = null;
        }
    }
}
