package io.paybeacon.probe.health;

import io.paybeacon.probe.schedule.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/** Two clocks that the test moves, canaries that it commands, and what the listener heard. */
final class HealthWorld implements Timer, CanaryProbe, HealthListener {

    private record Task(long atNanos, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
    private final Map<String, String> failing = new HashMap<>();
    private long order;
    long nanos = 7_000_000_000L;
    Instant wall = Instant.parse("2026-11-22T12:00:00Z");
    Duration canaryTakes = Duration.ofMillis(10);
    int asked;
    final List<HealthState> changes = new ArrayList<>();
    final HealthSettings settings;
    final HealthBook book;
    final PauseWatch pauses;
    final CanaryRounds rounds;

    HealthWorld(HealthSettings settings) {
        this.settings = settings;
        this.book = new HealthBook(() -> wall, () -> nanos, settings, this);
        this.pauses = new PauseWatch(() -> wall, () -> nanos, settings, book);
        this.rounds =
                new CanaryRounds(
                        settings,
                        () -> nanos,
                        this,
                        this,
                        book,
                        (from, to) ->
                                illness(HealthCheck.PAUSE, from, to).isPresent()
                                        || pauses.unnoticed(from).isPresent());
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Task entry = new Task(nanos + delay.toNanos(), order++, task);
        tasks.add(entry);
        return () -> tasks.remove(entry);
    }

    @Override
    public Future<Optional<String>> ask(Canary canary) {
        asked++;
        Promise<Optional<String>> promise = Promise.promise();
        String why = failing.get(canary.toString());
        after(canaryTakes, () -> promise.complete(Optional.ofNullable(why)));
        return promise.future();
    }

    @Override
    public void onChange(HealthState state) {
        changes.add(state);
    }

    void fail(String canary, String why) {
        failing.put(canary, why);
    }

    void mend(String canary) {
        failing.remove(canary);
    }

    /** Time goes by and the watch ticks. */
    void live(Duration duration) {
        long end = nanos + duration.toNanos();
        while (nanos < end) {
            long next = Math.min(end, nanos + PauseWatch.PERIOD.toNanos());
            while (!tasks.isEmpty() && tasks.peek().atNanos() <= next) {
                Task task = tasks.poll();
                pass(Math.max(0, task.atNanos() - nanos));
                task.action().run();
            }
            pass(next - nanos);
            pauses.tick();
        }
    }

    /** Time goes by and nothing happens. */
    void freeze(Duration duration) {
        pass(duration.toNanos());
    }

    private void pass(long passed) {
        nanos += passed;
        wall = wall.plusNanos(passed);
    }

    Optional<Illness> illness(HealthCheck check, long fromNanos, long toNanos) {
        return book.illness(Set.of(check), fromNanos, toNanos);
    }

    /** The changes as text: a check and whether it is well. */
    String heard() {
        return changes.stream()
                .map(state -> state.check().label() + (state.well() ? " well" : " ill"))
                .collect(Collectors.joining(", "));
    }
}
