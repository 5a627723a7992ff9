package io.paybeacon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.embedded.record.Entry;
import io.paybeacon.embedded.store.Due;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineIndexTest {
    private static final long SEED = Long.getLong("paybeacon.seed", 20_261_123);
    private static final int NEAR_MAX = 16;

    /** The disk: what it held at the last checkpoint, traces of moved deadlines among it. */
    private static final class Disk implements DeadlineIndex.Far {
        final TreeSet<Due> dues = new TreeSet<>();
        long epoch;

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public List<Due> from(long millis, int count) {
            List<Due> found = new ArrayList<>();
            for (Due due : dues.tailSet(new Due(millis, 0, ""), true)) {
                if (found.size() >= count && due.millis() != found.getLast().millis()) {
                    break;
                }
                found.add(due);
            }
            return found;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    @DisplayName(
            "Moved, stored and fired at random, every deadline fires once, in order, not early")
    void next_againstAPlainSet(int run) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + run);
        String what = "seed " + (SEED + run);
        Disk disk = new Disk();
        DeadlineIndex index = new DeadlineIndex(disk, NEAR_MAX);
        Map<String, Long> states = new HashMap<>();
        long now = 0;
        for (int epoch = 1; epoch < 2_000; epoch++) {
            for (int i = random.nextInt(8); i > 0; i--) {
                String key = "k" + random.nextInt(300);
                long before = states.getOrDefault(key, Entry.NO_DEADLINE);
                // A few times only, so that many share one; some are in the past.
                long ahead = random.nextInt(4) == 0 ? 5 : 3_000;
                long after =
                        random.nextInt(5) == 0
                                ? Entry.NO_DEADLINE
                                : now - 2 + random.nextLong(ahead) / 7 * 7;
                index.move(0, key, before, after, epoch);
                put(states, key, after);
            }
            if (random.nextInt(40) == 0) {
                disk.epoch = epoch;
                if (random.nextBoolean()) {
                    disk.dues.clear();
                }
                states.forEach((key, millis) -> disk.dues.add(new Due(millis, 0, key)));
            }
            if (random.nextInt(3) == 0) {
                now += random.nextInt(60);
                fire(what, index, disk, states, now, epoch);
            }
        }
        fire(what, index, disk, states, Long.MAX_VALUE - 2, 2_000);
        assertThat(states).as(what).isEmpty();
    }

    private static void fire(
            String what,
            DeadlineIndex index,
            Disk disk,
            Map<String, Long> states,
            long now,
            long epoch)
            throws IOException {
        TreeSet<Due> expected = new TreeSet<>();
        states.forEach((key, millis) -> {
            if (millis <= now) {
                expected.add(new Due(millis, 0, key));
            }
        });
        List<Due> fired = new ArrayList<>();
        for (Due due = index.next(null, now); due != null; due = index.next(due, now)) {
            if (states.getOrDefault(due.key(), Entry.NO_DEADLINE) == due.millis()) {
                fired.add(due);
                index.move(0, due.key(), due.millis(), Entry.NO_DEADLINE, epoch);
                states.remove(due.key());
            } else {
                index.drop(due);
                disk.dues.remove(due);
            }
        }
        assertThat(fired).as(what).containsExactlyElementsOf(expected);
    }

    @Test
    @DisplayName("What is stored and far ahead is not in memory, but for a window")
    void held_farAhead() throws IOException {
        Disk disk = new Disk();
        DeadlineIndex index = new DeadlineIndex(disk, NEAR_MAX);
        assertThat(index.next(null, 0)).isNull();
        for (int i = 0; i < 10_000; i++) {
            index.move(0, "k" + i, Entry.NO_DEADLINE, 1_000 + i, i);
            disk.dues.add(new Due(1_000 + i, 0, "k" + i));
            disk.epoch = i;
            assertThat(index.held()).isLessThanOrEqualTo(4 * NEAR_MAX);
        }
        int fired = 0;
        for (Due due = index.next(null, 20_000); due != null; due = index.next(due, 20_000)) {
            assertThat(due.millis()).isEqualTo(1_000 + fired);
            fired++;
            index.move(0, due.key(), due.millis(), Entry.NO_DEADLINE, 10_000);
            assertThat(index.held()).isLessThanOrEqualTo(4 * NEAR_MAX);
        }
        assertThat(fired).isEqualTo(10_000);
    }

    @Test
    @DisplayName("Many deadlines within one millisecond all fire, though they exceed the window")
    void next_oneMillisecond() throws IOException {
        Disk disk = new Disk();
        DeadlineIndex index = new DeadlineIndex(disk, NEAR_MAX);
        for (int i = 0; i < 1_000; i++) {
            index.move(0, "k" + i, Entry.NO_DEADLINE, 50, 1);
        }
        int fired = 0;
        for (Due due = index.next(null, 50); due != null; due = index.next(due, 50)) {
            fired++;
            index.drop(due);
        }
        assertThat(fired).isEqualTo(1_000);
        assertThat(index.next(null, 49)).isNull();
    }

    private static void put(Map<String, Long> states, String key, long millis) {
        if (millis == Entry.NO_DEADLINE) {
            states.remove(key);
        } else {
            states.put(key, millis);
        }
    }
}
