package io.paybeacon.embedded;

import static io.paybeacon.embedded.Toys.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(EngineFixture.PATIENCE_SECONDS);

    @TempDir Path directory;

    @Test
    void sinkDown_ingestGoesOn_andEverythingComesInOrderWhenItIsBack() throws Exception {
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start();
            fixture.sink.down(true);
            for (int i = 0; i < 300; i++) {
                fixture.accept(tell("e" + i, "a" + i, "find"));
            }
            fixture.sink.awaitRefusal();
            assertThat(fixture.engine().status().undelivered()).isEqualTo(300);
            fixture.sink.down(false);

            List<Delivery> delivered = fixture.sink.await(300);
            for (int i = 0; i < 300; i++) {
                assertThat(RecordingSink.finding(delivered.get(i))).isEqualTo("e" + i);
                assertThat(delivered.get(i).position()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void undeliveredOutputs_outliveRestarts_inLogAndColdStore() throws Exception {
        try (EngineFixture fixture =
                new EngineFixture(directory, options -> options.withSegmentBytes(1_000))) {
            fixture.sink.down(true);
            for (int start = 0; start < 4; start++) {
                fixture.start();
                assertThat(fixture.engine().status().undelivered()).isEqualTo(start * 10L);
                for (int i = 0; i < 10; i++) {
                    fixture.accept(tell("e" + start + "-" + i, "a" + i, "find"));
                }
            }
            fixture.start();
            fixture.sink.down(false);
            assertThat(fixture.sink.await(40)).extracting(Delivery::position).isSorted();
        }
    }

    @Test
    void confirmedOutputs_areNotDeliveredAfterAnOrderlyRestart_andPositionsGoOn() throws Exception {
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start();
            fixture.accept(tell("e1", "a", "find"));
            fixture.sink.await(1);
        }
        RecordingSink fresh = new RecordingSink();
        try (EngineFixture fixture = new EngineFixture(directory, options -> options, fresh)) {
            fixture.start();
            fixture.accept(tell("e2", "a", "find"));
            assertThat(fresh.await(1)).extracting(Delivery::position).containsExactly(2L);
            assertThat(fresh.deliveries()).extracting(RecordingSink::finding).containsOnly("e2");
        }
    }

    @Test
    void tooMuchUndelivered_refusesEvents_untilTheSinkIsBack() throws Exception {
        try (EngineFixture fixture =
                new EngineFixture(directory, options -> options.withUndeliveredBytesMax(1_000))) {
            fixture.start();
            fixture.sink.down(true);
            CompletableFuture<Void> refused = null;
            int accepted = 0;
            while (refused == null) {
                CompletableFuture<Void> told =
                        fixture.engine()
                                .accept(List.of(tell("e" + accepted, "a" + accepted, "find")));
                if (told.handle((_, failed) -> failed != null).get()) {
                    refused = told;
                } else {
                    accepted++;
                }
            }
            assertThat(accepted).isBetween(2, 100);
            assertThat(refused)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(OverloadedException.class)
                    .withMessageContaining("bytes of findings wait for their receiver");
            assertThat(fixture.engine().status().unready()).contains("wait for their receiver");
            assertThat(fixture.engine().status().undeliveredBytes()).isGreaterThan(1_000);
            assertThat(fixture.engine().status().failure()).isNull();
            fixture.tick(1);

            fixture.sink.down(false);
            fixture.sink.await(accepted);
            fixture.start();
            fixture.accept(tell("again", "a", "add"));
            assertThat(fixture.created()).isEqualTo(accepted + 1);
        }
    }

    @Test
    void queueFull_refusesEvents_andTakesThemWhenItIsNot() throws Exception {
        HeldDisk held = new HeldDisk();
        try (EngineFixture fixture =
                new EngineFixture(directory, options -> options.withQueuedEventsMax(10))) {
            fixture.start(Reference.defaults(), held);
            List<CompletableFuture<Void>> taken = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                taken.add(
                        fixture.engine()
                                .accept(
                                        List.of(
                                                tell("e" + i, "a", "add"),
                                                tell("f" + i, "a", "add"))));
            }
            assertThat(fixture.engine().status().queuedEvents()).isEqualTo(10);
            assertThat(fixture.engine().accept(List.of(tell("g", "a", "add"))))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(OverloadedException.class)
                    .withMessageContaining("10 events wait");
            held.open();
            taken.forEach(EngineFixture::await);
            fixture.accept(tell("g", "a", "add"));
            assertThat(fixture.created()).isEqualTo(11);
        }
    }

    @Test
    void nothingIsVisible_beforeItIsOnTheDisk() throws Exception {
        HeldDisk held = new HeldDisk();
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start(Reference.defaults(), held);
            CompletableFuture<Void> told =
                    fixture.engine().accept(List.of(tell("e1", "a", "find")));
            held.awaitWrite();
            assertThat(told).isNotDone();
            assertThat(fixture.item("a")).isEmpty();
            assertThat(fixture.created()).isZero();
            assertThat(fixture.sink.deliveries()).isEmpty();
            held.open();
            EngineFixture.await(told);
            assertThat(fixture.item("a")).isPresent();
            assertThat(fixture.created()).isEqualTo(1);
            fixture.sink.await(1);
        }
    }

    @Test
    void callAboveTheHardLimit_isRefused_andOneAboveAnEpochIsTakenWhole() throws Exception {
        try (EngineFixture fixture =
                new EngineFixture(
                        directory,
                        options -> options.withEpochEventsMax(3).withAcceptEventsMax(8))) {
            fixture.start();
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                events.add(tell("e" + i, "a", "add"));
            }
            fixture.accept(events.toArray(Event[]::new));
            assertThat(fixture.engine().status().epochs()).isEqualTo(1);
            events.add(tell("e8", "a", "add"));
            assertThat(fixture.engine().accept(events))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IllegalArgumentException.class)
                    .withMessageContaining("9 events in one call, at most 8");
        }
    }

    @Test
    void writeThatFails_stopsTheEngine_andFailsEverythingPromised() throws Exception {
        Faults faults = new Faults();
        faults.arm(10);
        try (EngineFixture fixture =
                new EngineFixture(directory, options -> options.withEpochEventsMax(1))) {
            EmbeddedEngine engine = fixture.start(Reference.defaults(), new FaultyDisk(faults));
            List<CompletableFuture<Void>> told = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                told.add(engine.accept(List.of(tell("e" + i, "a", "add"))));
            }
            CompletableFuture<Void> last = told.getLast();
            assertThat(last)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(EngineStoppedException.class);
            assertThat(engine.status().failure())
                    .contains("an epoch could not be written")
                    .contains("dead");
            assertThat(engine.status().queuedEvents()).isZero();
            assertThat(engine.accept(List.of(tell("x", "a", "add"))))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(EngineStoppedException.class);
            told.forEach(future -> assertThat(future).isDone());
        }
    }
}
