package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was acknowledged stays, all of it, exactly once. */
interface DurabilityContract extends EngineFixture {
    @Test
    @DisplayName("An event that its sender tells twice changes states, metrics and findings once")
    default void accept_sameEventTwice() {
        try (Twin twin = twin()) {
            Event[] events = {
                Toys.captured("e1", "p1", 500),
                Toys.relayed("e2", "p1", 70),
                Toys.processing("e3", "p1")
            };
            twin.accept(events);
            twin.repeat(events);
            twin.assertSame("told twice");
            twin.pass(Duration.ofMinutes(10));
            twin.assertSame("after the deadline");
        }
    }

    @Test
    @DisplayName("An event told again after a crash or a restart counts once")
    default void accept_sameEventAfterCrash() {
        try (Twin twin = twin()) {
            Event direct = Toys.captured("e1", "p1", 500);
            Event relayed = Toys.relayed("e2", "p1", 70);
            twin.accept(direct, relayed);
            twin.crash();
            twin.repeat(relayed, direct);
            twin.restart();
            twin.repeat(direct);
            twin.assertSame("told three times");
        }
    }

    @Test
    @DisplayName("States, deadlines, metrics and findings survive crashes and restarts")
    default void start_afterCrashes() {
        try (Twin twin = twin()) {
            List<Event> events = Toys.mixed(1, 120);
            for (int i = 0; i < events.size(); i += 10) {
                twin.accept(events.subList(i, i + 10));
                twin.pass(Duration.ofMinutes(2));
                if (i % 40 == 0) {
                    twin.crash();
                } else if (i % 20 == 0) {
                    twin.restart();
                }
            }
            twin.assertSame("after three crashes and three restarts");
        }
    }

    @Test
    @DisplayName("The events of one call are durable together or not at all")
    default void accept_crashAtOnce() {
        try (Twin twin = twin()) {
            for (int n = 0; n < 20; n++) {
                List<Event> events = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    events.add(Toys.captured("e" + n + i, "p" + n + "_" + i, 100));
                }
                CompletableFuture<Void> answer = twin.engine().accept(events);
                twin.crash();
                boolean acknowledged = answer.isDone() && !answer.isCompletedExceptionally();
                twin.rest();
                int there = 0;
                for (int i = 0; i < 8; i++) {
                    there += twin.ledger("p" + n + "_" + i).isPresent() ? 1 : 0;
                }
                assertThat(there).as("how many of call %d, %s", n, answer).isIn(0, 8);
                if (acknowledged) {
                    assertThat(there).as("acknowledged call %d", n).isEqualTo(8);
                }
            }
        }
    }

    @Test
    @DisplayName("What the metrics have shown survives a crash")
    default void metrics_crashWhileBusy() {
        try (Twin twin = twin()) {
            SplittableRandom random = new SplittableRandom(7);
            Map<Series, Long> shown = new HashMap<>();
            for (int n = 0; n < 10; n++) {
                // One is waited for, so that there is something to be shown.
                twin.repeat(Toys.captured("first" + n, "p" + n, 5));
                for (int i = 0; i < 20; i++) {
                    CompletableFuture<Void> _ =
                            twin.engine()
                                    .accept(List.of(Toys.captured("e" + n + "_" + i, "p" + n, 5)));
                    if (random.nextInt(4) == 0) {
                        show(twin, shown);
                    }
                }
                show(twin, shown);
                twin.crash();
                twin.rest();
                show(twin, shown);
            }
            assertThat(shown).as("counters that were seen").isNotEmpty();
        }
    }

    private static void show(Twin twin, Map<Series, Long> shown) {
        Map<Series, Long> now = twin.engine().metrics().values();
        shown.forEach((series, before) ->
                assertThat(now.getOrDefault(series, 0L))
                        .as("%s, which stood at %d", series, before)
                        .isGreaterThanOrEqualTo(before));
        now.forEach((series, value) -> {
            if (series.metric().kind() == Metric.Kind.COUNTER) {
                shown.put(series, value);
            }
        });
    }

    @Test
    @DisplayName("A bucket shows the latest sample with a trace that fell into it")
    default void metrics_exemplar() {
        try (Twin twin = twin()) {
            twin.accept(Toys.captured("e1", "p1", 40), Toys.captured("e2", "p2", 9_000));
            twin.clock.advance(Duration.ofSeconds(1));
            twin.accept(Toys.captured("e3", "p3", 41));
            twin.assertSame("three samples in two buckets");
            Series series = Series.of(Metric.PAYMENT_DURATION, "north", "approved");
            assertThat(twin.engine().metrics().histograms().get(series))
                    .isEqualTo(twin.model.metrics().histograms().get(series))
                    .extracting(DurabilityContract::traces)
                    .isEqualTo(Set.of("e2", "e3"));
        }
    }

    private static Set<String> traces(Histogram histogram) {
        return histogram.exemplars().values().stream()
                .map(Exemplar::traceId)
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("Closing completes what was accepted, and the next engine has it")
    default void close_whileBusy() {
        try (Twin twin = twin()) {
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(twin.engine().accept(List.of(Toys.captured("e" + i, "p" + i, 9))));
            }
            twin.engine().close();
            answers.forEach(twin::done);
            twin.start();
            twin.rest();
            for (int i = 0; i < 50; i++) {
                assertThat(twin.ledger("p" + i)).as("p" + i).map(Ledger::captured).contains(9L);
            }
        }
    }

    @Test
    @DisplayName("A closed engine refuses inputs, and may be closed again")
    default void accept_afterClose() {
        try (Twin twin = twin()) {
            Engine engine = twin.engine();
            engine.close();
            engine.close();
            for (CompletableFuture<Void> answer :
                    List.of(
                            engine.accept(List.of(Toys.captured("e1", "p1", 1))),
                            engine.tick(twin.clock.instant()),
                            engine.refer(Toys.reference()))) {
                assertThatThrownBy(() -> twin.done(answer))
                        .hasCauseInstanceOf(EngineStoppedException.class);
            }
            twin.start();
            twin.rest();
            assertThat(twin.ledger("p1")).isEmpty();
        }
    }

    @Test
    @DisplayName("Accepted time does not go back when the clock does, nor over a restart")
    default void accept_clockGoesBack() {
        try (Twin twin = twin()) {
            twin.repeat(Toys.processing("e1", "p1"));
            Instant due = due(twin);
            twin.clock.advance(Duration.ofHours(-1));
            twin.repeat(Toys.processing("e2", "p1"));
            assertThat(due(twin)).as("stamped after the clock went back").isEqualTo(due);
            twin.crash();
            twin.repeat(Toys.processing("e3", "p1"));
            assertThat(due(twin)).as("stamped after a crash").isEqualTo(due);
        }
    }

    private static Instant due(Twin twin) {
        twin.rest();
        return Objects.requireNonNull(twin.ledger("p1").orElseThrow().due());
    }

    @Test
    @DisplayName("Accepting nothing is acknowledged and changes nothing")
    default void accept_nothing() {
        try (Twin twin = twin()) {
            twin.accept();
            twin.assertSame("nothing");
        }
    }

    @Test
    @DisplayName("A key without a state is found empty, and an unknown stage is an error")
    default void find_absent() {
        try (Twin twin = twin()) {
            assertThat(twin.ledger("nobody")).isEqualTo(Optional.empty());
            assertThatThrownBy(() -> twin.done(twin.engine().find("nowhere", "k", Object.class)))
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(IllegalArgumentException.class),
                            e -> assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class));
        }
    }
}
