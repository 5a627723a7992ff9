package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.testkit.model.StateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Deadlines fire at ticks: once, in order, not early, whatever happens in between. */
interface DeadlineContract extends EngineFixture {
    @Test
    @DisplayName("A deadline fires once, at the first tick at or after its time")
    default void tick_atItsTime() {
        try (Twin twin = twin()) {
            twin.accept(Toys.processing("e1", "p1"));
            twin.pass(Duration.ofMinutes(10).minusMillis(1));
            twin.assertSame("a millisecond before");
            assertThat(twin.sink.distinct()).isEmpty();
            twin.pass(Duration.ofMillis(1));
            twin.assertSame("at its time");
            assertThat(twin.sink.distinct()).hasSize(1);
            twin.tick();
            twin.pass(Duration.ofMinutes(1));
            twin.assertSame("later");
            assertThat(twin.sink.distinct()).hasSize(1);
        }
    }

    @Test
    @DisplayName("An event alone fires nothing: deadlines wait for a tick")
    default void accept_pastDeadline() {
        try (Twin twin = twin()) {
            twin.accept(Toys.processing("e1", "p1"));
            twin.clock.advance(Duration.ofHours(1));
            twin.accept(Toys.captured("e2", "p1", 5), Toys.captured("e3", "p2", 5));
            twin.assertSame("no tick");
            assertThat(twin.sink.distinct()).isEmpty();
            twin.tick();
            twin.assertSame("ticked");
            assertThat(twin.sink.open()).hasSize(1);
        }
    }

    @Test
    @DisplayName("A deadline that is set while a tick fires waits for the next tick, due or not")
    default void tick_deadlinesOfDeadlines() {
        try (Twin twin = twin()) {
            twin.accept(Toys.processing("e1", "p1"), Toys.processing("e2", "p2"));
            // The second and third would be due long before this tick.
            for (int alarms = 1; alarms <= LedgerStage.ALARMS_MAX + 1; alarms++) {
                twin.pass(Duration.ofHours(1));
                twin.assertSame("tick " + alarms);
                assertThat(twin.sink.distinct())
                        .hasSize(2 * Math.min(alarms, LedgerStage.ALARMS_MAX));
            }
        }
    }

    @Test
    @DisplayName("A tick that is told twice fires nothing more, though deadlines are due by then")
    default void tick_toldTwice() {
        try (Twin twin = twin()) {
            twin.accept(Toys.processing("e1", "p1"));
            twin.pass(Duration.ofHours(1));
            twin.tick();
            twin.crash();
            twin.tick();
            twin.assertSame("the same tick three times");
            assertThat(twin.sink.distinct()).hasSize(1);
            twin.pass(Duration.ofMillis(1));
            twin.assertSame("a millisecond later");
            assertThat(twin.sink.distinct()).hasSize(2);
        }
    }

    @Test
    @DisplayName("Deadlines survive crashes and restarts, and none fires again because of them")
    default void tick_afterCrash() {
        try (Twin twin = twin()) {
            twin.accept(Toys.processing("e1", "p1"), Toys.linked("e2", "p2"));
            twin.crash();
            twin.pass(Duration.ofMinutes(10));
            twin.crash();
            twin.tick();
            twin.restart();
            twin.pass(Duration.ofMinutes(10));
            twin.crash();
            twin.pass(Duration.ofHours(2));
            twin.assertSame("after crashes");
            assertThat(twin.sink.distinct()).hasSize(LedgerStage.ALARMS_MAX + 1);
        }
    }

    @Test
    @DisplayName("A later effect replaces the deadline")
    default void tick_replaced() {
        try (Twin twin = twin()) {
            twin.accept(Toys.processing("e1", "p1"));
            twin.pass(Duration.ofMinutes(6));
            twin.accept(Toys.processing("e2", "p1"));
            twin.pass(Duration.ofMinutes(6));
            twin.assertSame("past the old one");
            assertThat(twin.sink.distinct()).isEmpty();
            twin.pass(Duration.ofMinutes(4));
            twin.assertSame("at the new one");
            assertThat(twin.sink.distinct()).hasSize(1);
        }
    }

    @Test
    @DisplayName("A later effect without a deadline cancels it, and news end the finding")
    default void tick_cancelled() {
        try (Twin twin = twin()) {
            twin.accept(Toys.processing("e1", "p1"), Toys.processing("e2", "p2"));
            twin.pass(Duration.ofMinutes(5));
            twin.accept(Toys.settled("e3", "p1"));
            twin.crash();
            twin.pass(Duration.ofMinutes(5));
            assertThat(twin.model.status().failure()).isNull();
            twin.accept(Toys.settled("e4", "p2"));
            twin.pass(Duration.ofHours(5));
            twin.assertSame("both settled");
            assertThat(twin.sink.distinct()).as("opened and resolved").hasSize(2);
            assertThat(twin.sink.open()).isEmpty();
        }
    }

    @Test
    @DisplayName("A tick earlier than one before it fires nothing")
    default void tick_intoThePast() {
        try (Twin twin = twin()) {
            Instant start = twin.clock.instant();
            twin.done(twin.engine().tick(start.plus(Duration.ofMinutes(30))));
            // Stamped at the start, or at the tick: due between ten and forty minutes from it.
            twin.repeat(Toys.processing("e1", "p1"));
            twin.done(twin.engine().tick(start.plus(Duration.ofMinutes(20))));
            twin.done(twin.engine().tick(start));
            twin.rest();
            assertThat(twin.sink.distinct()).isEmpty();
            twin.done(twin.engine().tick(start.plus(Duration.ofMinutes(41))));
            twin.eventually(() -> assertThat(twin.sink.open()).hasSize(1));
        }
    }

    @Test
    @DisplayName("A tick comes after what was accepted before it, though nobody waited")
    default void tick_rightBehindAccept() {
        try (Twin twin = twin()) {
            twin.clock.advance(Duration.ofMinutes(1));
            for (int i = 0; i < 20; i++) {
                CompletableFuture<Void> accepted =
                        twin.engine().accept(List.of(Toys.processing("e" + i, "p" + i)));
                Instant due = twin.clock.instant().plus(Duration.ofMinutes(10));
                twin.done(twin.engine().tick(due));
                twin.done(accepted);
                twin.clock.set(due);
                int opened = i + 1;
                twin.eventually(() -> assertThat(twin.sink.open()).hasSize(opened));
            }
        }
    }

    @Test
    @DisplayName("At its deadline a stage can forget the key")
    default void tick_forgets() {
        try (Twin twin = twin()) {
            StateKey relay = new StateKey(RelayStage.NAME, Toys.key("p1"));
            twin.accept(Toys.linked("e1", "p1"));
            twin.rest();
            assertThat(twin.view().states()).containsOnlyKeys(relay);
            twin.pass(Duration.ofMinutes(30));
            twin.assertSame("forgotten");
            assertThat(twin.view().states()).isEqualTo(Map.of());
            twin.crash();
            twin.assertSame("still forgotten");
        }
    }

    @Test
    @DisplayName("One tick fires in order of time, then stage, then key")
    default void tick_inOrder() {
        try (EngineHarness harness = newHarness()) {
            Assumptions.assumeTrue(
                    harness.deliversInOneOrder(),
                    "not applicable: this engine keeps the order of each finding only");
        }
        try (Twin twin = twin()) {
            for (int i = 9; i >= 0; i--) {
                twin.accept(Toys.processing("e" + i, "p" + i), Toys.linked("f" + i, "p" + i));
                if (i % 3 == 0) {
                    twin.clock.advance(Duration.ofMinutes(20));
                }
            }
            twin.pass(Duration.ofHours(5));
            twin.assertSame("all at once");
            assertThat(twin.sink.distinct().stream().map(Delivery::id))
                    .containsExactlyElementsOf(
                            twin.modelSink.distinct().stream().map(Delivery::id).toList());
        }
    }
}
