package io.paybeacon.probe.schedule;

import io.paybeacon.probe.limits.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts probes when they are due and accounts each due slot exactly once. Due times come from the
 * wall clock; a comparison with the monotonic clock finds out when the wall clock was set.
 *
 * <p>Not thread-safe: everything is called on the thread that runs the timer's tasks.
 *
 * <ul>
 *   <li>One timer serves all probes, and sleeps at most a second, so that a clock that was set is
 *       noticed soon.
 *   <li>After a pause, or when the clock leaps ahead, slots that are long past are missed rather
 *       than made up for: no burst.
 *   <li>When the clock is set back, the slots that come again are new slots, of a new era: no
 *       silence.
 * </ul>
 */
public final class Scheduler {

    /** A probe to be scheduled. */
    public record Scheduled(String probe, Duration interval) {}

    /** Runs tasks later, on the scheduler's thread. */
    public interface Timer {
        /** Runs a task after a delay; the returned action cancels it. */
        Runnable after(Duration delay, Runnable task);
    }

    /** Starts runs and says when a slot is to be skipped. */
    public interface Launcher {
        /** Why the slot is to be skipped; empty when it may start. */
        Optional<SlotOutcome> refuses(String probe, Instant dueAt);

        /**
         * Starts a run without waiting for it.
         *
         * @param finished called on the scheduler's thread when the run has ended
         */
        void launch(String probe, Instant dueAt, Runnable finished);

        /** Receives each account. */
        void accounted(SlotAccount account);
    }

    private static final class Entry {
        private final String probe;
        private final Duration interval;
        private final DueTimes dueTimes;
        private long next;
        private boolean running;

        Entry(Scheduled scheduled, Instant now) {
            this.probe = scheduled.probe();
            this.interval = scheduled.interval();
            this.dueTimes = DueTimes.of(probe, interval);
            this.next = dueTimes.indexAt(now) + 1;
        }

        Instant due() {
            return dueTimes.due(next);
        }
    }

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Timer timer;
    private final Launcher launcher;
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparing(e -> e.probe));
    private @Nullable Runnable cancelTimer;
    private Instant lastWall;
    private long lastNanos;
    private int era;
    private boolean shuttingDown;

    /**
     * A scheduler.
     *
     * @param clock agent's wall clock, for due times
     * @param nanos monotonic clock in nanoseconds
     */
    public Scheduler(InstantSource clock, LongSupplier nanos, Timer timer, Launcher launcher) {
        this.clock = clock;
        this.nanos = nanos;
        this.timer = timer;
        this.launcher = launcher;
        this.lastWall = clock.instant();
        this.lastNanos = nanos.getAsLong();
    }

    /** Begins: the first slot of each probe is its next one from now. */
    public void start(List<Scheduled> probes) {
        lastWall = clock.instant();
        lastNanos = nanos.getAsLong();
        probes.forEach(probe -> queue.add(new Entry(probe, lastWall)));
        arm();
    }

    /** From now on due slots are skipped, for the agent is shutting down. */
    public void shutDown() {
        shuttingDown = true;
    }

    /** Accounts what is due and ends. */
    public void stop() {
        if (cancelTimer != null) {
            cancelTimer.run();
            cancelTimer = null;
        }
        shuttingDown = true;
        accountDue();
        queue.clear();
    }

    private void tick() {
        accountDue();
        arm();
    }

    private void arm() {
        Entry first = queue.peek();
        if (first == null) {
            return;
        }
        Duration untilDue = Duration.between(clock.instant(), first.due());
        Duration sleep = Limits.SCHEDULER_SLEEP_MAX;
        if (untilDue.compareTo(sleep) < 0) {
            sleep = untilDue.isNegative() ? Duration.ZERO : untilDue;
        }
        cancelTimer = timer.after(sleep, this::tick);
    }

    private void accountDue() {
        Instant now = clock.instant();
        noticeSetBack(now);
        List<Entry> due = new ArrayList<>();
        for (Entry e = queue.peek(); e != null && !e.due().isAfter(now); e = queue.peek()) {
            due.add(queue.poll());
        }
        for (Entry entry : due) {
            account(entry);
            queue.add(entry);
        }
    }

    private void noticeSetBack(Instant now) {
        long monotonic = nanos.getAsLong();
        Duration elapsed = Duration.ofNanos(monotonic - lastNanos);
        Duration ahead = Duration.between(lastWall, now).minus(elapsed);
        lastWall = now;
        lastNanos = monotonic;
        if (ahead.negated().compareTo(Limits.CLOCK_JUMP_MIN) <= 0) {
            return;
        }
        era++;
        List<Entry> entries = new ArrayList<>(queue);
        queue.clear();
        for (Entry entry : entries) {
            entry.next = Math.min(entry.next, entry.dueTimes.indexAt(now) + 1);
            queue.add(entry);
        }
    }

    /** Accounts the slots of a probe up to now. */
    private void account(Entry entry) {
        Instant now = clock.instant();
        long current = Math.max(entry.next, entry.dueTimes.indexAt(now));
        if (current > entry.next) {
            report(entry, entry.next, current - entry.next, SlotOutcome.MISSED, now);
        }
        Instant due = entry.dueTimes.due(current);
        SlotOutcome outcome = outcome(entry, due, now);
        report(entry, current, 1, outcome, now);
        entry.next = current + 1;
        if (outcome.started()) {
            entry.running = true;
            launcher.launch(entry.probe, due, () -> entry.running = false);
        }
    }

    private SlotOutcome outcome(Entry entry, Instant due, Instant now) {
        if (shuttingDown) {
            return SlotOutcome.SKIPPED_SHUTDOWN;
        }
        Duration lag = Duration.between(due, now);
        if (lag.compareTo(Limits.SLOT_MISSED_AFTER) > 0) {
            return SlotOutcome.MISSED;
        }
        if (entry.running) {
            return SlotOutcome.SKIPPED_RUNNING;
        }
        SlotOutcome inTime =
                lag.compareTo(Limits.SLOT_LATE_AFTER) > 0 ? SlotOutcome.LATE : SlotOutcome.RAN;
        return launcher.refuses(entry.probe, due).orElse(inTime);
    }

    private void report(Entry entry, long index, long count, SlotOutcome outcome, Instant now) {
        Instant firstDue = entry.dueTimes.due(index);
        long lagNanos = Math.max(0, saturatedNanos(Duration.between(firstDue, now)));
        launcher.accounted(
                new SlotAccount(
                        entry.probe, firstDue, entry.interval, count, outcome, lagNanos, era));
    }

    /** A clock may leap by more than the 292 years that a long of nanoseconds holds. */
    private static long saturatedNanos(Duration duration) {
        return duration.toSeconds() > Long.MAX_VALUE / 2_000_000_000L
                ? Long.MAX_VALUE
                : duration.toNanos();
    }
}
