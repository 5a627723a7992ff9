package io.paybeacon.embedded.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The keys of deadlines in the store: a time whose bytes sort as times do, then a state's key. */
final class DueKeys {
    private DueKeys() {}

    /** What the keys of a time begin with. */
    static byte[] of(long millis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(millis ^ Long.MIN_VALUE).array();
    }

    /** The deadline of the state that has this key. */
    static byte[] of(long millis, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(millis ^ Long.MIN_VALUE)
                .put(key)
                .array();
    }

    static long millis(byte[] due) {
        return ByteBuffer.wrap(due).getLong() ^ Long.MIN_VALUE;
    }

    /** The name of the stage, as the state's key begins. */
    static String stage(byte[] due) {
        return text(due, Long.BYTES, end(due));
    }

    /** The key within the stage. */
    static String key(byte[] due) {
        return text(due, end(due) + 1, due.length);
    }

    private static int end(byte[] due) {
        int end = Long.BYTES;
        while (due[end] != 0) {
            end++;
        }
        return end;
    }

    /** The text in a part of the bytes. */
    static String text(byte[] bytes, int from, int to) {
        return new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.UTF_8);
    }
}
