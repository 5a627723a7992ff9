package io.paybeacon.probe.pace;

import io.paybeacon.probe.schedule.Timer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A pacer, a monotonic clock that the test moves, and what the pacer answered. */
final class PaceWorld implements Timer {

    /**
     * An answer.
     *
     * @param atNanos when it came
     */
    record Told(String probe, Urgency urgency, Turn turn, long atNanos) {
        boolean granted() {
            return turn instanceof Turn.Granted;
        }
    }

    private record Task(long atNanos, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
    private long order;
    final List<Told> told = new ArrayList<>();
    long nanos = 5_000_000_000L;
    final Pacer pacer;

    PaceWorld(GatewayPace pace) {
        this.pacer = new Pacer("acme", pace, () -> nanos, this);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Task entry = new Task(nanos + delay.toNanos(), order++, task);
        tasks.add(entry);
        return () -> tasks.remove(entry);
    }

    int timers() {
        return tasks.size();
    }

    void ask(String probe, Urgency urgency, Duration waitMax) {
        Future<Turn> turn = pacer.turn(probe, urgency, waitMax);
        turn.onSuccess(answer -> told.add(new Told(probe, urgency, answer, nanos)));
    }

    void live(Duration duration) {
        long end = nanos + duration.toNanos();
        while (!tasks.isEmpty() && tasks.peek().atNanos() <= end) {
            Task task = tasks.poll();
            nanos = Math.max(nanos, task.atNanos());
            task.action().run();
        }
        nanos = end;
    }

    List<Told> granted() {
        return told.stream().filter(Told::granted).toList();
    }

    List<String> order() {
        return granted().stream().map(Told::probe).toList();
    }
}
