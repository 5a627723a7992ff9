package io.paybeacon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.Toys.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dies at every step that it takes to write random inputs, starts again, tells again what was not
 * acknowledged, and compares with what the inputs must come to.
 */
class CrashTest {
    private static final long SEED = Long.getLong("paybeacon.seed", 20_261_122);
    private static final int CALLS = 16;

    @TempDir Path root;

    /** One call, and what it must come to. */
    private record Call(
            List<Event> events, Map<String, String> itemsByEvent, Set<String> findings) {}

    @Test
    void diedAtAnyStep_everyEventCountsOnce() throws Exception {
        List<Call> calls = calls();
        int steps = run(root.resolve("whole"), calls, 0);
        assertThat(steps).isGreaterThan(CALLS * 2);
        for (int dieAt = 1; dieAt <= steps; dieAt++) {
            run(root.resolve("step" + dieAt), calls, dieAt);
        }
    }

    @Test
    void diedInTheMiddleOfATick_theRestFiresWhenItIsToldAgain() throws Exception {
        int chunks = 5;
        for (int dieAt = 1; dieAt <= chunks * 5; dieAt++) {
            Path directory = Files.createDirectories(root.resolve("tick" + dieAt));
            Faults faults = new Faults();
            try (EngineFixture fixture =
                    new EngineFixture(directory, options -> options.withEpochEventsMax(2))) {
                fixture.start(Reference.defaults(), new FaultyDisk(faults));
                for (int i = 0; i < 2 * chunks; i++) {
                    fixture.accept(Toys.tell("e" + i, "item" + i, "again:" + i + ":-50"));
                }
                faults.arm(dieAt);
                var tick = fixture.engine().tick(Toys.START.plusMillis(100));
                EngineFixture.await(tick.handle((_, _) -> true));
                fixture.stop();

                fixture.start();
                fixture.tick(100);
                for (int fired = 1; fired <= 2; fired++) {
                    for (int i = 0; i < 2 * chunks; i++) {
                        assertThat(fixture.item("item" + i).orElseThrow().fired())
                                .as("item%d, died at step %d", i, dieAt)
                                .isEqualTo(fired);
                    }
                    fixture.tick(100 + fired);
                }
                assertThat(fixture.cellSum()).isEqualTo(8L * chunks);
                assertThat(fixture.sink.await(2 * chunks * 3)).hasSize(2 * chunks * 3);
            }
        }
    }

    /**
     * Runs the calls with one death, and checks the end.
     *
     * @param dieAt the step of the first life that is not taken; 0 for none
     * @return how many steps were taken
     */
    private int run(Path directory, List<Call> calls, int dieAt) throws Exception {
        String what = "seed %d, died at step %d".formatted(SEED, dieAt);
        RecordingSink sink = new RecordingSink();
        // Files so small that checkpoints and deletions are among the steps.
        EngineFixture fixture =
                new EngineFixture(
                        directory,
                        options -> options.withSegmentBytes(2_000).withEpochEventsMax(4),
                        sink);
        Set<Call> acknowledged = new HashSet<>();
        Faults faults = new Faults();
        faults.arm(dieAt);
        try (fixture) {
            Files.createDirectories(directory);
            try {
                fixture.start(Reference.defaults(), new FaultyDisk(faults));
                tellAll(fixture, calls, acknowledged);
            } catch (IOException e) {
                assertThat(e).as(what).hasMessageContaining("dead");
            }
            fixture.stop();

            fixture.start();
            for (Call call : acknowledged) {
                for (Map.Entry<String, String> told : call.itemsByEvent.entrySet()) {
                    assertThat(fixture.item(told.getValue()).map(Item::seen))
                            .as("%s: acknowledged %s", what, told)
                            .hasValueSatisfying(seen -> assertThat(seen).contains(told.getKey()));
                }
            }
            tellAll(fixture, calls, acknowledged);
            assertThat(acknowledged).as(what).hasSameSizeAs(calls);
            check(what, fixture, calls);
            fixture.start();
            check(what + ", started once more", fixture, calls);
        }
        return faults.passed();
    }

    /** Tells what is not acknowledged, a few calls at a time, with a tick now and then. */
    private static void tellAll(EngineFixture fixture, List<Call> calls, Set<Call> acknowledged) {
        EmbeddedEngine engine = fixture.engine();
        List<CompletableFuture<?>> running = new ArrayList<>();
        for (Call call : calls) {
            if (!acknowledged.contains(call)) {
                CompletableFuture<Void> done = engine.accept(call.events);
                running.add(
                        done.thenRun(() -> {
                            synchronized (acknowledged) {
                                acknowledged.add(call);
                            }
                        }));
            }
            if (running.size() >= 4) {
                running.add(engine.tick(Toys.START.plusMillis(calls.indexOf(call))));
                settle(running);
            }
        }
        settle(running);
    }

    private static void settle(List<CompletableFuture<?>> running) {
        running.forEach(done -> EngineFixture.await(done.handle((_, _) -> true)));
        running.clear();
    }

    private static void check(String what, EngineFixture fixture, List<Call> calls)
            throws InterruptedException {
        fixture.tick(1_000_000);
        Map<String, Set<String>> seen = new HashMap<>();
        Set<String> findings = new TreeSet<>();
        long events = 0;
        for (Call call : calls) {
            call.itemsByEvent.forEach(
                    (id, item) -> seen.computeIfAbsent(item, _ -> new TreeSet<>()).add(id));
            findings.addAll(call.findings);
            events += call.itemsByEvent.size();
        }
        long fired = 0;
        for (Map.Entry<String, Set<String>> item : seen.entrySet()) {
            Item state = fixture.item(item.getKey()).orElseThrow();
            assertThat(state.seen()).as("%s: %s", what, item.getKey()).isEqualTo(item.getValue());
            for (long i = 1; i <= state.fired(); i++) {
                findings.add(Toys.key(item.getKey()) + "#" + i);
            }
            fired += state.fired();
        }
        assertThat(fixture.created()).as(what).isEqualTo(events);
        assertThat(
                        EngineFixture.value(
                                fixture.engine().metrics(), Metric.IDENTITY_PARKED, Toys.GATEWAY))
                .as(what)
                .isEqualTo(events);
        var lag =
                fixture.engine()
                        .metrics()
                        .histograms()
                        .get(Series.of(Metric.WEBHOOK_LAG, Toys.GATEWAY));
        assertThat(lag.sum()).as(what).isEqualTo(events * Toys.LAG_NANOS);
        assertThat(fixture.cellSum()).as(what).isEqualTo(events + fired);
        assertThat(fixture.sink.await(findings.size()))
                .as(what)
                .extracting(RecordingSink::finding)
                .containsExactlyInAnyOrderElementsOf(findings);
        assertThat(fixture.sink.positions()).as(what).isSorted();
    }

    private static List<Call> calls() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<Call> calls = new ArrayList<>();
        int id = 0;
        for (int i = 0; i < CALLS; i++) {
            List<Event> events = new ArrayList<>();
            Map<String, String> items = new HashMap<>();
            Set<String> findings = new HashSet<>();
            int size = 1 + random.nextInt(6);
            for (int j = 0; j < size; j++) {
                String event = "e" + id++;
                String item = "item" + random.nextInt(12);
                String command =
                        switch (random.nextInt(4)) {
                            case 0 -> "find";
                            case 1 -> "due:" + random.nextInt(CALLS);
                            default -> "add";
                        };
                if (command.equals("find")) {
                    findings.add(event);
                }
                items.put(event, item);
                events.add(Toys.tell(event, item, command));
            }
            calls.add(new Call(events, items, findings));
        }
        return calls;
    }
}
