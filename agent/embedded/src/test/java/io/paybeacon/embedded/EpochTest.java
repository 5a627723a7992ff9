package io.paybeacon.embedded;

import static io.paybeacon.embedded.Toys.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.Toys.Cell;
import io.paybeacon.embedded.Toys.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochTest {
    private static final Duration PATIENCE = Duration.ofSeconds(EngineFixture.PATIENCE_SECONDS);

    @TempDir Path directory;
    private EngineFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new EngineFixture(directory, options -> options);
        fixture.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void acceptedEvents_areInStatesMetricsAndDeliveries() throws Exception {
        fixture.accept(tell("e1", "a", "add"), tell("e2", "a", "find"), tell("e3", "b", "add"));

        assertThat(fixture.item("a").map(Item::seen).orElseThrow()).containsExactly("e1", "e2");
        assertThat(fixture.item("c")).isEmpty();
        assertThat(fixture.created()).isEqualTo(3);
        assertThat(fixture.cellSum()).isEqualTo(3);
        Delivery delivery = fixture.sink.await(1).getFirst();
        assertThat(delivery.id()).isEqualTo("item|toy:a|toy:e2|4");
        assertThat(delivery.position()).isEqualTo(1);
    }

    @Test
    void metrics_holdCountersGaugesHistogramsAndExemplars() {
        fixture.accept(tell("e1", "a", "add"), tell("e2", "b", "add"));

        var metrics = fixture.engine().metrics();
        assertThat(EngineFixture.value(metrics, Metric.IDENTITY_PARKED, Toys.GATEWAY)).isEqualTo(2);
        assertThat(metrics.values())
                .containsEntry(
                        Series.of(Metric.GATEWAY_RECENT_ATTEMPTS, Toys.GATEWAY, "approved"), 2L);
        Histogram lag = metrics.histograms().get(Series.of(Metric.WEBHOOK_LAG, Toys.GATEWAY));
        // 1.5 s is above 1 s and below 2 s: the second bucket of eight.
        assertThat(lag.counts()).hasSize(8).startsWith(0L, 2L, 0L);
        assertThat(lag.sum()).isEqualTo(2 * Toys.LAG_NANOS);
        assertThat(lag.exemplars())
                .containsOnlyKeys(1)
                .containsEntry(1, new Exemplar(Toys.LAG_NANOS, "e2", Toys.START));
    }

    @Test
    void forwardsOfAnEpoch_areCombinedBeforeTheyAreApplied() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(tell("e" + i, "item" + i, "add"));
        }
        fixture.accept(events.toArray(Event[]::new));

        var cell = EngineFixture.await(fixture.engine().find(Toys.CELL, Toys.GATEWAY, Cell.class));
        assertThat(cell).contains(new Cell(1, 100));
    }

    @Test
    void deadlines_fireInOrderOfTimeStageAndKey_onlyAtTicks() throws Exception {
        fixture.accept(
                tell("e1", "late", "due:300"),
                tell("e2", "b", "due:200"),
                tell("e3", "a", "due:200"),
                tell("e4", "never", "due:10000"));
        fixture.clock.set(Toys.START.plusMillis(5_000));
        fixture.accept(tell("e5", "other", "add"));
        assertThat(fixture.sink.deliveries()).isEmpty();

        fixture.tick(199);
        assertThat(fixture.sink.deliveries()).isEmpty();
        fixture.tick(300);

        assertThat(fixture.sink.await(3))
                .extracting(Delivery::id)
                .containsExactly(
                        "item|toy:a|deadline@" + millis(200) + "|0",
                        "item|toy:b|deadline@" + millis(200) + "|0",
                        "item|toy:late|deadline@" + millis(300) + "|0");
        assertThat(fixture.cellSum()).isEqualTo(5 + 3);
        fixture.tick(301);
        assertThat(fixture.cellSum()).isEqualTo(5 + 3);
    }

    @Test
    void deadlineSetAnewForTheSameTick_firesAtTheNext_withAnIdOfItsOwn() throws Exception {
        fixture.accept(tell("e1", "a", "again:100:-50"));

        fixture.tick(100);
        assertThat(fixture.item("a").orElseThrow().fired()).isEqualTo(1);
        fixture.tick(110);
        assertThat(fixture.item("a").orElseThrow().fired()).isEqualTo(2);
        fixture.tick(120);
        assertThat(fixture.item("a").orElseThrow().fired()).isEqualTo(3);
        assertThat(fixture.sink.await(3))
                .extracting(Delivery::position)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void tick_notLaterThanOneBefore_firesNothing() {
        fixture.tick(500);
        fixture.accept(tell("e1", "a", "due:100"));

        fixture.tick(499);
        assertThat(fixture.item("a").orElseThrow().fired()).isZero();
        fixture.tick(500);
        assertThat(fixture.item("a").orElseThrow().fired()).isZero();
        fixture.tick(501);
        assertThat(fixture.item("a").orElseThrow().fired()).isEqualTo(1);
    }

    @Test
    void tick_firesDeadlinesOfEventsAcceptedBeforeIt_inWhateverEpochTheyAre() {
        CompletableFuture<Void> told = fixture.engine().accept(List.of(tell("e1", "a", "due:100")));
        CompletableFuture<Void> tick = fixture.engine().tick(Toys.START.plusMillis(100));
        EngineFixture.await(told);
        EngineFixture.await(tick);
        assertThat(fixture.item("a").orElseThrow().fired()).isEqualTo(1);
    }

    @Test
    void moreDeadlinesThanAnEpochHolds_allFire() throws Exception {
        fixture.close();
        fixture = new EngineFixture(directory, options -> options.withEpochEventsMax(10));
        fixture.start();
        for (int i = 0; i < 100; i++) {
            fixture.accept(tell("e" + i, "item" + i, "due:" + (100 + i / 7)));
        }
        long epochs = fixture.engine().status().epochs();

        fixture.tick(1_000);

        assertThat(fixture.sink.await(100)).hasSize(100);
        assertThat(fixture.cellSum()).isEqualTo(200);
        assertThat(fixture.engine().status().epochs() - epochs).isGreaterThan(5);
    }

    @Test
    void oneMessageToldTwiceToAKey_hasTwoIds() throws Exception {
        fixture.accept(tell("e1", "a", "find"), tell("e2", "a", "forget"), tell("e1", "a", "find"));

        assertThat(fixture.sink.await(2))
                .extracting(Delivery::id)
                .containsExactly("item|toy:a|toy:e1|4", "item|toy:a|toy:e1|5");
    }

    @Test
    void reference_isSeenByWhatIsAcceptedAfterIt_andOutlivesARestart() throws IOException {
        var changed = Reference.defaults();
        var second =
                new Reference(7, changed.stuckAfter(), Duration.ofMinutes(9), changed.parkedFor());
        EngineFixture.await(fixture.engine().refer(second));
        fixture.start();
        assertThat(fixture.engine().startReference()).isEqualTo(second);
        fixture.start();
        assertThat(fixture.engine().startReference()).isEqualTo(second);
    }

    @Test
    void stageThatThrows_failsItsCallOnly() throws Exception {
        CompletableFuture<Void> good = fixture.engine().accept(List.of(tell("e1", "a", "find")));
        CompletableFuture<Void> bad =
                fixture.engine().accept(List.of(tell("e2", "a", "add"), tell("e3", "a", "throw")));
        CompletableFuture<Void> next = fixture.engine().accept(List.of(tell("e4", "a", "add")));

        EngineFixture.await(good);
        EngineFixture.await(next);
        assertThat(bad)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StageFailedException.class)
                .withMessageContaining("stage item failed on key toy:a, caused by toy:e3");
        assertThat(fixture.item("a").orElseThrow().seen()).containsExactly("e1", "e4");
        assertThat(fixture.created()).isEqualTo(2);
        assertThat(fixture.cellSum()).isEqualTo(2);
        assertThat(fixture.engine().stageFailures()).isEqualTo(1);
        assertThat(fixture.engine().status().failure()).isNull();
        assertThat(fixture.engine().status().queuedEvents()).isZero();
    }

    @Test
    void stateThatCannotBeEncoded_failsItsCallOnly() {
        CompletableFuture<Void> bad =
                fixture.engine().accept(List.of(tell("e1", "a", "unwritable")));
        assertThat(bad)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StageFailedException.class);
        fixture.accept(tell("e2", "a", "add"));
        assertThat(fixture.item("a").orElseThrow().seen()).containsExactly("e2");
    }

    @Test
    void deadlineThatThrows_staysDue_andTheOthersFire() {
        fixture.accept(
                tell("e1", "a", "due:100"),
                tell("e2", "b", "throw-due:100"),
                tell("e3", "c", "due:100"));
        fixture.tick(100);
        fixture.tick(101);

        assertThat(fixture.item("a").orElseThrow().fired()).isEqualTo(1);
        assertThat(fixture.item("b").orElseThrow().fired()).isZero();
        assertThat(fixture.item("c").orElseThrow().fired()).isEqualTo(1);
        assertThat(fixture.engine().stageFailures()).isEqualTo(2);
        assertThat(fixture.cellSum()).isEqualTo(3 + 2);
    }

    @Test
    void forwardToTheSameStage_stopsTheEngineAndSaysSo() {
        CompletableFuture<Void> bad = fixture.engine().accept(List.of(tell("e1", "a", "back")));
        assertThat(bad)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(EngineStoppedException.class);
        assertThat(fixture.engine().status().failure())
                .contains("stage item forwarded to stage item, which is not behind it");
        assertThat(fixture.engine().accept(List.of(tell("e2", "a", "add"))))
                .isCompletedExceptionally();
    }

    @Test
    void find_ofAStageThatIsNot_throws() {
        assertThatThrownBy(() -> fixture.engine().find("nothing", "a", Item.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void acceptedTime_neverGoesBack_norAcrossARestart() throws Exception {
        fixture.clock.set(Toys.START.plusMillis(1_000));
        fixture.accept(tell("e1", "a", "find"));
        fixture.clock.set(Toys.START);
        fixture.accept(tell("e2", "a", "find"));
        fixture.start();
        fixture.accept(tell("e3", "a", "find"));

        assertThat(fixture.sink.await(3))
                .extracting(one -> RecordingSink.openedAt(one))
                .containsOnly(Toys.START.plusMillis(1_000));
    }

    @Test
    void tick_outsideEveryClock_isRefused() {
        assertThat(fixture.engine().tick(Instant.MAX)).isCompletedExceptionally();
        fixture.tick(1);
    }

    private static long millis(long afterStart) {
        return Toys.START.toEpochMilli() + afterStart;
    }
}
