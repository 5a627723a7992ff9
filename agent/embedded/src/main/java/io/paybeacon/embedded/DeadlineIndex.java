package io.paybeacon.embedded;

import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.store.Due;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every deadline, by time: those before a horizon in memory, those behind it in the cold store,
 * from where they are loaded when time comes near. How far the horizon is follows from how many
 * fit, so a million payments that wait for the end of their retention cost no memory.
 *
 * <p>What is set behind the horizon waits in memory until a checkpoint has it. What the index hands
 * out may be out of date, since moving a deadline leaves traces behind the horizon: whoever takes
 * it compares it with the state. Used by one thread.
 */
final class DeadlineIndex {
    private final Far far;
    private final int nearMax;
    private final TreeSet<Due> near = new TreeSet<>();
    // Ascending by epoch. Out of date once the cold store has that epoch.
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long horizonMillis = Long.MIN_VALUE;
    private int shrinkAbove;

    /**
     * Knows nothing yet.
     *
     * @param nearMax about how many deadlines are loaded at once; at most about twice as many are
     *     in memory, unless more are due within one millisecond
     */
    DeadlineIndex(Far far, int nearMax) {
        this.far = far;
        this.nearMax = nearMax;
        this.shrinkAbove = 2 * nearMax;
    }

    /** Deadlines on the disk. */
    interface Far {
        /** The cold store has the changes up to this epoch. */
        long epoch();

        /**
         * The deadlines from a time on, in order of time: so many, and all that share the last
         * one's time.
         */
        List<Due> from(long millis, int count) throws IOException;
    }

    private record Pending(long epoch, Due due) {}

    /**
     * The key's deadline moves; both times may be {@link Entry#NO_DEADLINE}.
     *
     * @param epoch the epoch in which it does
     */
    void move(int stage, String key, long fromMillis, long toMillis, long epoch) {
        if (fromMillis == toMillis) {
            return;
        }
        if (fromMillis != Entry.NO_DEADLINE && fromMillis < horizonMillis) {
            near.remove(new Due(fromMillis, stage, key));
        }
        if (toMillis != Entry.NO_DEADLINE) {
            Due due = new Due(toMillis, stage, key);
            if (toMillis < horizonMillis) {
                near.add(due);
                if (near.size() > shrinkAbove) {
                    shrink(epoch);
                }
            } else {
                wait(due, epoch);
            }
        }
    }

    /** A deadline that was handed out is not due at that time any more. */
    void drop(Due due) {
        near.remove(due);
    }

    /**
     * The first one behind another, up to and at a time, in order of time, stage and key.
     *
     * @param after null for the first of all
     */
    @Nullable Due next(@Nullable Due after, long untilMillis) throws IOException {
        while (true) {
            Due due;
            if (after != null) {
                due = near.higher(after);
            } else {
                due = near.isEmpty() ? null : near.first();
            }
            if (due != null) {
                return due.millis() <= untilMillis ? due : null;
            }
            if (horizonMillis > untilMillis) {
                return null;
            }
            load();
        }
    }

    /** How many deadlines are in memory. */
    int held() {
        return near.size() + pending.size();
    }

    private void load() throws IOException {
        // Before the disk is read: what it gets meanwhile is found twice, which is harmless.
        long stored = far.epoch();
        List<Due> loaded = far.from(horizonMillis, nearMax);
        long from = horizonMillis;
        horizonMillis = loaded.size() < nearMax ? Long.MAX_VALUE : loaded.getLast().millis() + 1;
        near.addAll(loaded);
        forget(stored, Integer.MAX_VALUE);
        for (Pending waiting : pending) {
            long millis = waiting.due.millis();
            if (millis >= from && millis < horizonMillis) {
                near.add(waiting.due);
            }
        }
    }

    /** Takes the horizon back, so that half of what is in memory is behind it. */
    private void shrink(long epoch) {
        int kept = 0;
        long cut = Long.MAX_VALUE;
        for (Due due : near) {
            if (kept++ == nearMax) {
                cut = Math.max(due.millis(), near.first().millis() + 1);
                break;
            }
        }
        var behind = near.tailSet(new Due(cut, 0, ""), true);
        for (Due due : behind) {
            wait(due, epoch);
        }
        behind.clear();
        horizonMillis = cut;
        // More is left only when more are due within one millisecond.
        shrinkAbove = 2 * Math.max(nearMax, near.size());
    }

    private void wait(Due due, long epoch) {
        pending.add(new Pending(epoch, due));
        forget(far.epoch(), 2);
    }

    private void forget(long stored, int countMax) {
        for (int i = 0; i < countMax; i++) {
            Pending first = pending.peek();
            if (first == null || first.epoch > stored) {
                return;
            }
            pending.remove();
        }
    }
}
