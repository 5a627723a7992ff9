package io.paybeacon.probe.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;

/**
 * The due times of a probe: absolute, counted from the epoch, shifted by a hash of its name over
 * the whole interval. So they neither drift nor change with a restart, and probes of one interval
 * spread evenly.
 *
 * @param offsetMillis shift of slot 0 from the epoch
 * @param intervalMillis time from one slot to the next
 */
record DueTimes(long offsetMillis, long intervalMillis) {

    static DueTimes of(String probe, Duration interval) {
        long millis = interval.toMillis();
        return new DueTimes(Math.floorMod(hash(probe), millis), millis);
    }

    /** When a slot is due. */
    Instant due(long index) {
        return Instant.ofEpochMilli(dueMillis(index));
    }

    /** When a slot is due, in milliseconds since the epoch. */
    long dueMillis(long index) {
        return Math.addExact(offsetMillis, Math.multiplyExact(index, intervalMillis));
    }

    /** The last slot that is due at an instant or before. */
    long indexAt(Instant instant) {
        return Math.floorDiv(instant.toEpochMilli() - offsetMillis, intervalMillis);
    }

    /**
     * FNV-1a, then the finaliser of MurmurHash3: names that differ in their last letter only must
     * land far apart. Written out, since a changed hash would move every probe.
     */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
