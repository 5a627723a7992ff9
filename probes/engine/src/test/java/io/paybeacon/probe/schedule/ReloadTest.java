package io.paybeacon.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes come, go and change while others run. */
class ReloadTest {

    private static final Duration TEN = Duration.ofSeconds(10);

    private final SchedulerWorld world = new SchedulerWorld();

    private static Scheduler.Scheduled probe(String name) {
        return new Scheduler.Scheduled(name, "acme", TEN);
    }

    private List<Instant> dueTimes(String probe) {
        return world.accounts.stream()
                .filter(account -> account.probe().equals(probe))
                .map(SlotAccount::firstDueAt)
                .toList();
    }

    @Test
    @DisplayName("A probe that stays runs on at its due times while others come and go")
    void apply_untouched() {
        world.apply(List.of(probe("stays"), probe("goes")));
        world.live(Duration.ofSeconds(95));
        world.apply(List.of(probe("stays"), probe("comes")));
        world.live(Duration.ofSeconds(95));
        world.apply(List.of(probe("stays")));
        world.live(Duration.ofSeconds(10));

        assertThat(world.count("stays", SlotOutcome.RAN)).isEqualTo(20);
        assertThat(world.count("goes", SlotOutcome.RAN)).isBetween(9L, 10L);
        assertThat(world.count("comes", SlotOutcome.RAN)).isBetween(9L, 10L);
        List<Instant> due = dueTimes("stays");
        for (int i = 1; i < due.size(); i++) {
            assertThat(Duration.between(due.get(i - 1), due.get(i))).isEqualTo(TEN);
        }
        assertThat(world.accounts).allMatch(account -> account.lagNanos() == 0);
    }

    @Test
    @DisplayName("A reload between being due and being started loses no slot and starts none twice")
    void apply_whileDue() {
        world.apply(List.of(probe("p")));
        world.live(Duration.ofSeconds(35));
        world.freeze(Duration.ofSeconds(10));
        world.apply(List.of());
        world.live(Duration.ofSeconds(30));
        assertThat(world.accounted()).isBetween(4L, 5L);
        assertThat(dueTimes("p")).doesNotHaveDuplicates();
        long before = world.accounted();
        world.apply(List.of(probe("p")));
        world.live(Duration.ofSeconds(30));
        assertThat(world.accounted()).isEqualTo(before + 3);
        assertThat(dueTimes("p")).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("A probe that is removed and comes back during its run does not run twice at once")
    void apply_backDuringRun() {
        world.runLasts = Duration.ofSeconds(25);
        world.apply(List.of(probe("p")));
        world.live(TEN);
        assertThat(world.starts).hasSize(1);
        world.apply(List.of());
        world.apply(List.of(probe("p")));
        world.live(Duration.ofSeconds(20));
        assertThat(world.starts).hasSize(1);
        assertThat(world.count(SlotOutcome.SKIPPED_RUNNING)).isEqualTo(2);
        world.live(TEN);
        assertThat(world.starts).hasSize(2);
    }

    @Test
    @DisplayName("A new interval begins with its next due time, and no slot is told twice")
    void apply_otherInterval() {
        world.apply(List.of(probe("p")));
        world.live(Duration.ofSeconds(60));
        world.apply(List.of(new Scheduler.Scheduled("p", "acme", Duration.ofSeconds(20))));
        world.live(Duration.ofSeconds(60));
        assertThat(world.count(SlotOutcome.RAN)).isEqualTo(9);
        assertThat(dueTimes("p")).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName(
            "Without room slots wait in a row; whose probe is due again is skipped for the pace")
    void apply_room() {
        world.roomMax = 2;
        world.runLasts = Duration.ofSeconds(5);
        List<Scheduler.Scheduled> probes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            probes.add(probe("p" + i));
        }
        world.apply(probes);
        world.live(Duration.ofMinutes(10));
        world.scheduler.shutDown();

        // Two at a time of five seconds each: 4 of 8 slots in ten seconds.
        assertThat(world.busiest).isEqualTo(2);
        assertThat(world.starts.size()).isBetween(236, 240);
        assertThat(world.accounted()).isEqualTo(8 * 60);
        assertThat(world.count(SlotOutcome.SKIPPED_PACE)).isGreaterThan(50);
        // A slot that had to wait may run into the next one.
        assertThat(
                        world.count(SlotOutcome.SKIPPED_PACE)
                                + world.count(SlotOutcome.SKIPPED_RUNNING)
                                + world.count(SlotOutcome.SKIPPED_SHUTDOWN))
                .isEqualTo(480 - world.starts.size());
        Map<String, Long> perProbe =
                world.log.stream()
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(perProbe).hasSize(8);
        assertThat(perProbe.values()).allMatch(count -> count >= 28 && count <= 32);
    }

    @Test
    @DisplayName("A probe with a short interval is not passed over by ones that wait longer")
    void apply_roomForShortInterval() {
        world.roomMax = 1;
        world.runLasts = Duration.ofSeconds(4);
        List<Scheduler.Scheduled> probes = new ArrayList<>();
        probes.add(new Scheduler.Scheduled("short", "acme", Duration.ofSeconds(1)));
        for (int i = 0; i < 8; i++) {
            probes.add(new Scheduler.Scheduled("long" + i, "acme", Duration.ofSeconds(20)));
        }
        world.apply(probes);
        world.live(Duration.ofMinutes(12));
        // Nine probes share 180 places; each gets its turn.
        assertThat(world.log.stream().filter("short"::equals).count()).isBetween(18L, 30L);
    }

    @Test
    @DisplayName("One gateway without room holds up no other")
    void apply_roomOfOthers() {
        world.roomMax = 1;
        world.runLasts = Duration.ofSeconds(8);
        world.apply(
                List.of(
                        probe("a1"),
                        probe("a2"),
                        probe("a3"),
                        new Scheduler.Scheduled("other", "globex", TEN)));
        world.live(Duration.ofMinutes(10));
        assertThat(world.count("other", SlotOutcome.RAN)).isEqualTo(60);
        assertThat(
                        world.accounts.stream()
                                .filter(account -> account.probe().equals("other"))
                                .mapToLong(SlotAccount::lagNanos))
                .containsOnly(0L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("Random reloads: each slot of each life of a probe is accounted exactly once")
    void apply_random(long seed) {
        Random random = new Random(seed);
        world.roomMax = 1 + random.nextInt(4);
        Map<String, Scheduler.Scheduled> set = new LinkedHashMap<>();
        Map<String, Instant> since = new HashMap<>();
        Map<String, Long> expected = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            Map<String, Scheduler.Scheduled> next = new LinkedHashMap<>(set);
            String name = "p" + random.nextInt(12);
            switch (random.nextInt(3)) {
                case 0 -> next.remove(name);
                case 1 ->
                        next.put(
                                name,
                                new Scheduler.Scheduled(
                                        name,
                                        "g" + random.nextInt(2),
                                        Duration.ofSeconds(1 + random.nextInt(20))));
                default -> {}
            }
            settle(set, next, since, expected);
            set = next;
            world.apply(List.copyOf(next.values()));
            world.runLasts = Duration.ofMillis(random.nextInt(20_000));
            Duration span = Duration.ofMillis(random.nextInt(9_000));
            if (random.nextInt(4) == 0) {
                world.freeze(span);
            } else {
                world.live(span);
            }
        }
        world.scheduler.stop();
        settle(set, Map.of(), since, expected);

        Map<String, Long> actual = new HashMap<>();
        world.accounts.forEach(a -> actual.merge(a.probe(), a.count(), Long::sum));
        expected.values().removeIf(count -> count == 0);
        assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }

    /** Counts the slots of each probe whose life, by name and interval, ends now. */
    private void settle(
            Map<String, Scheduler.Scheduled> set,
            Map<String, Scheduler.Scheduled> next,
            Map<String, Instant> since,
            Map<String, Long> expected) {
        set.forEach((name, probe) -> {
            Scheduler.Scheduled successor = next.get(name);
            if (successor == null || !successor.interval().equals(probe.interval())) {
                DueTimes times = DueTimes.of(name, probe.interval());
                long due = times.indexAt(world.wall) - times.indexAt(since.remove(name));
                expected.merge(name, due, Long::sum);
            }
        });
        next.keySet().forEach(name -> since.putIfAbsent(name, world.wall));
    }
}
