package io.paybeacon.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** A wall clock and a monotonic clock that the test moves, and timers on the monotonic one. */
final class SchedulerWorld implements Timer, Scheduler.Launcher {
    private record Task(long atNanos, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
    final List<SlotAccount> accounts = new ArrayList<>();
    final List<Instant> starts = new ArrayList<>();
    private final Map<String, Runnable> running = new HashMap<>();
    Instant wall = Instant.parse("2026-11-22T12:00:00Z");
    private long nanos;
    private long order;
    Duration runLasts = Duration.ofMillis(300);
    Optional<SlotOutcome> refusal = Optional.empty();

    /** Runs that may be under way at the same time at one gateway. */
    int roomMax = Integer.MAX_VALUE;

    /** Probe and due time of each start, in order. */
    final List<String> log = new ArrayList<>();

    /** The most runs that were under way at the same time at any gateway. */
    int busiest;

    private final Map<String, Integer> busy = new HashMap<>();
    private final Map<String, String> gateways = new HashMap<>();
    final Scheduler scheduler = new Scheduler(() -> wall, () -> nanos, this, this);

    void apply(List<Scheduler.Scheduled> probes) {
        probes.forEach(probe -> gateways.put(probe.probe(), probe.gateway()));
        scheduler.apply(probes);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Task entry = new Task(nanos + delay.toNanos(), order++, task);
        tasks.add(entry);
        return () -> tasks.remove(entry);
    }

    @Override
    public Optional<SlotOutcome> refuses(String probe, Instant dueAt) {
        return refusal;
    }

    @Override
    public boolean hasRoom(String gateway) {
        return busy.getOrDefault(gateway, 0) < roomMax;
    }

    @Override
    public void launch(String probe, Instant dueAt, Runnable finished) {
        assertThat(running.put(probe, finished)).as("runs of one probe overlap").isNull();
        starts.add(wall);
        log.add(probe);
        String gateway = gateways.get(probe);
        busiest = Math.max(busiest, busy.merge(gateway, 1, Integer::sum));
        after(
                runLasts,
                () -> {
                    running.remove(probe);
                    busy.merge(gateway, -1, Integer::sum);
                    finished.run();
                });
    }

    @Override
    public void accounted(SlotAccount account) {
        accounts.add(account);
    }

    /** Time goes by; what is due happens in its time. */
    void live(Duration duration) {
        long end = nanos + duration.toNanos();
        while (!tasks.isEmpty() && tasks.peek().atNanos() <= end) {
            Task task = tasks.poll();
            pass(Math.max(0, task.atNanos() - nanos));
            task.action().run();
        }
        pass(end - nanos);
    }

    /** Time goes by and nothing can happen: the process is stopped. */
    void freeze(Duration duration) {
        pass(duration.toNanos());
    }

    private void pass(long passed) {
        nanos += passed;
        wall = wall.plusNanos(passed);
    }

    long count(SlotOutcome outcome) {
        return accounts.stream()
                .filter(account -> account.outcome() == outcome)
                .mapToLong(SlotAccount::count)
                .sum();
    }

    long count(String probe, SlotOutcome outcome) {
        return accounts.stream()
                .filter(account -> account.probe().equals(probe) && account.outcome() == outcome)
                .mapToLong(SlotAccount::count)
                .sum();
    }

    long accounted() {
        return accounts.stream().mapToLong(SlotAccount::count).sum();
    }
}
