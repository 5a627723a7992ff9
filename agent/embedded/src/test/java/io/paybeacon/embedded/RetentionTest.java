package io.paybeacon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.Toys.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines as far away as the end of a retention: on the disk, not in memory. */
class RetentionTest {
    private static final int ITEMS = 1_000_000;
    private static final int CALL = 5_000;
    private static final int CACHE = 50_000;
    private static final long RETENTION_MILLIS = Duration.ofDays(540).toMillis();
    // Visits every item once, in an order far from that of their names.
    private static final long STRIDE = 7_919;

    @TempDir Path directory;
    private final AtomicInteger fired = new AtomicInteger();
    private final AtomicReference<String> disorder = new AtomicReference<>("");

    @Test
    @DisplayName("A million far deadlines: on disk, through crash and restart, fired in order")
    void millionFarDeadlines() throws Exception {
        EmbeddedEngine engine = open();
        for (int from = 0; from < ITEMS; from += CALL) {
            List<Event> events = new ArrayList<>();
            for (int i = from; i < from + CALL; i++) {
                events.add(Toys.tell("e" + i, "i" + i, "due:" + (RETENTION_MILLIS + dueOf(i))));
            }
            EngineFixture.await(engine.accept(events));
            assertThat(engine.deadlinesHeld())
                    .as("in memory after %d", from + CALL)
                    .isLessThan(2 * Limits.DEADLINES_AHEAD_MAX + 8 * CACHE);
            if (from == ITEMS / 2) {
                engine.abandon();
                engine = open();
            }
        }
        engine.abandon();
        engine = open();
        engine.close();
        engine = open();
        tick(engine, RETENTION_MILLIS - 1);
        assertThat(fired).hasValue(0);
        assertThat(engine.deadlinesHeld())
                .as("in memory after a restart")
                .isLessThanOrEqualTo(2 * Limits.DEADLINES_AHEAD_MAX);
        assertThat(find(engine, 123_456).fired()).as("a cold item, by look-up").isZero();

        long step = 50_000;
        for (long due = 0; due < 4 * step; due += step) {
            tick(engine, RETENTION_MILLIS + due + step - 1);
            int expected = Math.toIntExact(due + step);
            Awaitility.await().untilAsserted(() -> assertThat(fired).hasValue(expected));
            assertThat(engine.deadlinesHeld()).isLessThan(2 * Limits.DEADLINES_AHEAD_MAX + CACHE);
            if (due == step) {
                engine.abandon();
                engine = open();
            }
        }
        assertThat(disorder.get()).isEmpty();
        for (int i = 0; i < ITEMS; i += 9_973) {
            assertThat(find(engine, i).fired())
                    .as("item %d", i)
                    .isEqualTo(dueOf(i) < 4 * step ? 1 : 0);
        }
        engine.close();
    }

    /** When an item is due behind the retention, in milliseconds: each at a time of its own. */
    private static long dueOf(int item) {
        return item * STRIDE % ITEMS;
    }

    private static void tick(EmbeddedEngine engine, long millis) {
        EngineFixture.await(engine.tick(Toys.START.plusMillis(millis)));
    }

    private static Item find(EmbeddedEngine engine, int item) {
        return EngineFixture.await(engine.find(Toys.ITEM, Toys.key("i" + item), Item.class))
                .orElseThrow();
    }

    private EmbeddedEngine open() throws IOException {
        Instant start = Toys.START;
        return EngineFixture.open(
                directory,
                options -> options.withCacheEntriesMax(CACHE).withSegmentBytes(4L << 20),
                Toys.pipeline(),
                Reference.defaults(),
                () -> start,
                batch -> batch.forEach(this::take),
                Disk.REAL);
    }

    // After a crash the sink sees again what it did not confirm durably: those are skipped.
    private void take(OutputSink.Delivery delivery) {
        String id = ((FindingOpened) delivery.output()).finding().id();
        int item = Integer.parseInt(id.substring(id.indexOf('i') + 1, id.indexOf('#')));
        long due = dueOf(item);
        if (due == fired.get()) {
            fired.incrementAndGet();
        } else if (due > fired.get()) {
            disorder.compareAndSet("", "due %d after %d".formatted(due, fired.get()));
        }
    }
}
