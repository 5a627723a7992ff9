package io.paybeacon.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerTest {

    private static final Duration TEN = Duration.ofSeconds(10);

    private SchedulerWorld world;

    @BeforeEach
    void create() {
        world = new SchedulerWorld();
    }

    private static List<Scheduler.Scheduled> probes(int count, Duration interval) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Scheduler.Scheduled("probe-" + i, "acme", interval))
                .toList();
    }

    @Test
    @DisplayName("Every slot of an hour runs in time, and nothing else")
    void start_quietHour() {
        world.apply(probes(10, TEN));
        world.live(Duration.ofHours(1));
        assertThat(world.count(SlotOutcome.RAN)).isEqualTo(10 * 360);
        assertThat(world.accounted()).isEqualTo(10 * 360);
        assertThat(world.accounts).allMatch(account -> account.lagNanos() == 0);
    }

    @Test
    @DisplayName("1000 probes spread evenly over their interval")
    void start_spread() {
        world.apply(probes(1000, TEN));
        world.live(TEN);
        assertThat(world.starts).hasSize(1000);
        int[] bySecond = new int[10];
        for (Instant start : world.starts) {
            bySecond[(int) Math.floorMod(start.getEpochSecond(), 10L)]++;
        }
        // Binomial with mean 100 and standard deviation 9.5: four of them to each side.
        assertThat(Arrays.stream(bySecond).boxed()).allMatch(count -> count > 60 && count < 140);
    }

    @Test
    @DisplayName("Due times are the same after a restart at any moment")
    void due_absolute() {
        DueTimes times = DueTimes.of("stripe-card", Duration.ofSeconds(15));
        assertThat(times).isEqualTo(DueTimes.of("stripe-card", Duration.ofSeconds(15)));
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        Instant next = times.due(times.indexAt(now) + 1);
        assertThat(Duration.between(now, next)).isBetween(Duration.ZERO, Duration.ofSeconds(15));
        assertThat(times.indexAt(next)).isEqualTo(times.indexAt(now) + 1);
        assertThat(times.indexAt(next.minusMillis(1))).isEqualTo(times.indexAt(now));
    }

    @Test
    @DisplayName("A slow probe skips its own slots and delays no other")
    void start_slowProbe() {
        world.runLasts = Duration.ofSeconds(35);
        world.apply(probes(2, TEN));
        world.live(Duration.ofSeconds(400));
        assertThat(world.count(SlotOutcome.RAN)).isEqualTo(20);
        assertThat(world.count(SlotOutcome.SKIPPED_RUNNING)).isEqualTo(60);
        assertThat(world.accounts).allMatch(account -> account.lagNanos() == 0);
    }

    @Test
    @DisplayName("A pause of a minute: slots are missed, not made up for in a burst")
    void tick_pause() {
        world.apply(probes(100, TEN));
        world.live(Duration.ofSeconds(60));
        int before = world.starts.size();
        world.freeze(Duration.ofSeconds(60));
        world.live(Duration.ofMillis(1));
        // Only what was due in the last seconds of the pause starts, late.
        int burst = world.starts.size() - before;
        assertThat(burst).isLessThan(75);
        assertThat(world.count(SlotOutcome.MISSED)).isGreaterThan(500);
        world.live(Duration.ofSeconds(60).minusMillis(1));
        assertThat(world.accounted()).isEqualTo(100 * 18);
    }

    @ParameterizedTest
    @CsvSource({"0, RAN", "1000, RAN", "1001, LATE", "5000, LATE", "5001, MISSED"})
    @DisplayName("How late a slot starts decides what it is")
    void tick_blocked(long lateMillis, SlotOutcome outcome) {
        world.apply(probes(1, TEN));
        DueTimes times = DueTimes.of("probe-0", TEN);
        Instant due = times.due(times.indexAt(world.wall) + 1);
        world.live(Duration.between(world.wall, due).minusMillis(1));
        world.freeze(Duration.ofMillis(1 + lateMillis));
        world.live(Duration.ZERO);
        assertThat(world.accounts)
                .containsExactly(
                        new SlotAccount(
                                "probe-0",
                                "acme",
                                due,
                                TEN,
                                1,
                                outcome,
                                lateMillis * 1_000_000,
                                0));
        assertThat(world.starts).hasSize(outcome.started() ? 1 : 0);
    }

    @Test
    @DisplayName("The clock leaps ahead an hour: its slots are missed, and none bursts")
    void tick_clockAhead() {
        world.apply(probes(100, TEN));
        world.live(Duration.ofSeconds(30));
        int before = world.starts.size();
        world.wall = world.wall.plus(Duration.ofHours(1));
        world.live(Duration.ofSeconds(1));
        assertThat(world.starts.size() - before).isLessThan(75);
        assertThat(world.count(SlotOutcome.MISSED)).isGreaterThan(100 * 358);
        world.live(Duration.ofSeconds(29));
        assertThat(world.accounted()).isEqualTo(100 * (360 + 6));
    }

    @Test
    @DisplayName("The clock is set back an hour: probes go on at once, in a new era")
    void tick_clockBack() {
        world.apply(probes(100, TEN));
        world.live(Duration.ofSeconds(30));
        int before = world.starts.size();
        world.wall = world.wall.minus(Duration.ofHours(1));
        world.live(Duration.ofSeconds(60));
        assertThat(world.starts.size() - before).isBetween(580, 600);
        assertThat(world.accounts.getLast().era()).isEqualTo(1);
        long distinct =
                world.accounts.stream()
                        .map(a -> a.probe() + a.firstDueAt() + a.era())
                        .distinct()
                        .count();
        assertThat(distinct).isEqualTo(world.accounts.size());
    }

    @Test
    @DisplayName("Maintenance and budget skip slots by name")
    void refuses_named() {
        world.apply(probes(1, TEN));
        world.refusal = Optional.of(SlotOutcome.SKIPPED_MAINTENANCE);
        world.live(Duration.ofSeconds(100));
        world.refusal = Optional.of(SlotOutcome.SKIPPED_BUDGET);
        world.live(Duration.ofSeconds(50));
        assertThat(world.starts).isEmpty();
        assertThat(world.count(SlotOutcome.SKIPPED_MAINTENANCE)).isEqualTo(10);
        assertThat(world.count(SlotOutcome.SKIPPED_BUDGET)).isEqualTo(5);
    }

    @Test
    @DisplayName("Slots during shutdown are skipped, and the last ones are accounted at the end")
    void shutDown_accounts() {
        world.apply(probes(10, TEN));
        world.live(Duration.ofSeconds(20));
        world.scheduler.shutDown();
        world.live(Duration.ofSeconds(10));
        world.freeze(Duration.ofSeconds(3));
        world.scheduler.stop();
        assertThat(world.count(SlotOutcome.RAN)).isEqualTo(20);
        assertThat(world.count(SlotOutcome.SKIPPED_SHUTDOWN)).isBetween(10L, 20L);
        int accounts = world.accounts.size();
        world.live(Duration.ofMinutes(10));
        assertThat(world.accounts).hasSize(accounts);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("Whatever happens, each slot is accounted exactly once")
    void accounted_exactlyOnce(long seed) {
        Random random = new Random(seed);
        int probes = 1 + random.nextInt(20);
        Duration interval = Duration.ofMillis(1000 + random.nextInt(20_000));
        Instant began = world.wall;
        world.apply(probes(probes, interval));
        for (int i = 0; i < 300; i++) {
            world.runLasts = Duration.ofMillis(random.nextInt(30_000));
            Duration span = Duration.ofMillis(random.nextInt(15_000));
            switch (random.nextInt(4)) {
                case 0 -> world.freeze(span);
                case 1 -> world.wall = world.wall.plus(span);
                default -> world.live(span);
            }
        }
        world.scheduler.stop();

        Map<String, Long> perProbe = new HashMap<>();
        for (SlotAccount account : world.accounts) {
            perProbe.merge(account.probe(), account.count(), Long::sum);
        }
        for (Scheduler.Scheduled probe : probes(probes, interval)) {
            DueTimes times = DueTimes.of(probe.probe(), interval);
            long due = times.indexAt(world.wall) - times.indexAt(began);
            assertThat(perProbe.getOrDefault(probe.probe(), 0L))
                    .as("seed %d, %s", seed, probe)
                    .isEqualTo(due);
        }
    }
}
