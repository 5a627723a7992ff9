package io.paybeacon.probe.schedule;

import io.paybeacon.probe.limits.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
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
 *   <li>A due slot whose gateway has no room waits in a row until its probe is due again. The next
 *       slot takes its place in the row, so that a probe with a short interval is not passed over.
 *   <li>A probe whose interval stays the same keeps its slots through every change of the others.
 * </ul>
 */
public final class Scheduler {

    /**
     * A probe to be scheduled.
     *
     * @param gateway whose room its runs share
     */
    public record Scheduled(String probe, String gateway, Duration interval) {}

    /** Starts runs and says when a slot is to be skipped. */
    public interface Launcher {
        /** Why the slot is to be skipped; empty when it may start. */
        Optional<SlotOutcome> refuses(String probe, Instant dueAt);

        /** Whether one more run may start at a gateway. */
        boolean hasRoom(String gateway);

        /**
         * Starts a run without waiting for it.
         *
         * @param finished called on the scheduler's thread when the run has ended
         */
        void launch(String probe, Instant dueAt, Runnable finished);

        /** Receives each account. */
        void accounted(SlotAccount account);
    }

    private record Slot(long index, int era) {}

    private static final class Entry {
        private final String probe;
        private final Duration interval;
        private final DueTimes dueTimes;
        private String gateway;
        private long next;
        private @Nullable Slot waiting;

        Entry(Scheduled scheduled, Instant now) {
            this.probe = scheduled.probe();
            this.gateway = scheduled.gateway();
            this.interval = scheduled.interval();
            this.dueTimes = DueTimes.of(probe, interval);
            this.next = dueTimes.indexAt(now) + 1;
        }

        long dueMillis() {
            return dueTimes.dueMillis(next);
        }
    }

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Timer timer;
    private final Launcher launcher;
    private final Map<String, Entry> entries = new HashMap<>();
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Entry::dueMillis).thenComparing(e -> e.probe));

    /** The probes of each gateway whose slot waits for room, in the order of their turn. */
    private final Map<String, Map<String, Entry>> rows = new HashMap<>();

    /** Probes with a run under way; also one that is no longer scheduled, for it may come back. */
    private final Set<String> running = new HashSet<>();

    private @Nullable Runnable cancelTimer;
    private Instant lastWall;
    private long lastNanos;
    private int era;
    private boolean shuttingDown;

    /**
     * A scheduler without probes.
     *
     * @param clock agent's wall clock, for due times
     * @param nanos monotonic clock in nanoseconds
     * @param timer runs its tasks on the scheduler's thread
     */
    public Scheduler(InstantSource clock, LongSupplier nanos, Timer timer, Launcher launcher) {
        this.clock = clock;
        this.nanos = nanos;
        this.timer = timer;
        this.launcher = launcher;
        this.lastWall = clock.instant();
        this.lastNanos = nanos.getAsLong();
    }

    /**
     * Schedules these probes and no other. What is due by now is accounted before. The first slot
     * of a new probe, or of one with a new interval, is its next one from now.
     */
    public void apply(List<Scheduled> probes) {
        if (shuttingDown) {
            return;
        }
        accountDue();
        Map<String, Scheduled> wanted = new LinkedHashMap<>();
        probes.forEach(probe -> wanted.put(probe.probe(), probe));
        for (Entry entry : List.copyOf(entries.values())) {
            Scheduled scheduled = wanted.get(entry.probe);
            if (scheduled == null || !scheduled.interval().equals(entry.interval)) {
                giveUp(entry, SlotOutcome.SKIPPED_PACE);
                entries.remove(entry.probe);
            } else if (!scheduled.gateway().equals(entry.gateway)) {
                giveUp(entry, SlotOutcome.SKIPPED_PACE);
                entry.gateway = scheduled.gateway();
            }
        }
        rows.values().removeIf(Map::isEmpty);
        Instant now = clock.instant();
        wanted.values()
                .forEach(probe ->
                        entries.computeIfAbsent(probe.probe(), _ -> new Entry(probe, now)));
        queue.clear();
        queue.addAll(entries.values());
        arm();
    }

    /** A run at a gateway has ended that this scheduler did not start, or its room has grown. */
    public void roomFreed(String gateway) {
        Map<String, Entry> row = rows.get(gateway);
        while (row != null && !row.isEmpty() && launcher.hasRoom(gateway)) {
            Entry entry = row.values().iterator().next();
            Slot slot = entry.waiting;
            row.remove(entry.probe);
            entry.waiting = null;
            if (slot != null) {
                start(entry, slot);
            }
        }
    }

    /** From now on due slots are skipped, for the agent is shutting down. */
    public void shutDown() {
        shuttingDown = true;
        entries.values().forEach(entry -> giveUp(entry, SlotOutcome.SKIPPED_SHUTDOWN));
    }

    /** Accounts what is due and ends. */
    public void stop() {
        disarm();
        shutDown();
        accountDue();
        queue.clear();
        entries.clear();
    }

    private void tick() {
        accountDue();
        arm();
    }

    private void arm() {
        disarm();
        Entry first = queue.peek();
        if (first == null) {
            return;
        }
        Duration untilDue =
                Duration.between(clock.instant(), Instant.ofEpochMilli(first.dueMillis()));
        Duration sleep = Limits.SCHEDULER_SLEEP_MAX;
        if (untilDue.compareTo(sleep) < 0) {
            sleep = untilDue.isNegative() ? Duration.ZERO : untilDue;
        }
        cancelTimer = timer.after(sleep, this::tick);
    }

    private void disarm() {
        if (cancelTimer != null) {
            cancelTimer.run();
            cancelTimer = null;
        }
    }

    private void accountDue() {
        Instant now = clock.instant();
        noticeSetBack(now);
        long nowMillis = now.toEpochMilli();
        List<Entry> due = new ArrayList<>();
        for (Entry e = queue.peek(); e != null && e.dueMillis() <= nowMillis; e = queue.peek()) {
            due.add(queue.remove());
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
        queue.clear();
        for (Entry entry : entries.values()) {
            entry.next = Math.min(entry.next, entry.dueTimes.indexAt(now) + 1);
            queue.add(entry);
        }
    }

    /** Accounts the slots of a probe up to now. */
    private void account(Entry entry) {
        Instant now = clock.instant();
        long current = Math.max(entry.next, entry.dueTimes.indexAt(now));
        if (current > entry.next) {
            report(entry, new Slot(entry.next, era), current - entry.next, SlotOutcome.MISSED, now);
        }
        Slot slot = new Slot(current, era);
        entry.next = current + 1;
        Optional<SlotOutcome> skipped = skipped(entry, entry.dueTimes.due(current), now);
        Slot passed = entry.waiting;
        if (passed != null) {
            report(entry, passed, 1, SlotOutcome.SKIPPED_PACE, now);
            entry.waiting = null;
        }
        if (skipped.isPresent()) {
            row(entry).remove(entry.probe);
            report(entry, slot, 1, skipped.get(), now);
        } else if (passed == null && row(entry).isEmpty() && launcher.hasRoom(entry.gateway)) {
            start(entry, slot);
        } else {
            entry.waiting = slot;
            row(entry).putIfAbsent(entry.probe, entry);
        }
    }

    private Optional<SlotOutcome> skipped(Entry entry, Instant due, Instant now) {
        if (shuttingDown) {
            return Optional.of(SlotOutcome.SKIPPED_SHUTDOWN);
        }
        if (Duration.between(due, now).compareTo(Limits.SLOT_MISSED_AFTER) > 0) {
            return Optional.of(SlotOutcome.MISSED);
        }
        if (running.contains(entry.probe)) {
            return Optional.of(SlotOutcome.SKIPPED_RUNNING);
        }
        return launcher.refuses(entry.probe, due);
    }

    private void start(Entry entry, Slot slot) {
        Instant now = clock.instant();
        Instant due = entry.dueTimes.due(slot.index());
        boolean late = Duration.between(due, now).compareTo(Limits.SLOT_LATE_AFTER) > 0;
        report(entry, slot, 1, late ? SlotOutcome.LATE : SlotOutcome.RAN, now);
        running.add(entry.probe);
        String gateway = entry.gateway;
        launcher.launch(
                entry.probe,
                due,
                () -> {
                    running.remove(entry.probe);
                    roomFreed(gateway);
                });
    }

    /** Accounts the slot that waits, if one does, as something else than started. */
    private void giveUp(Entry entry, SlotOutcome outcome) {
        Slot slot = entry.waiting;
        row(entry).remove(entry.probe);
        entry.waiting = null;
        if (slot != null) {
            report(entry, slot, 1, outcome, clock.instant());
        }
    }

    private Map<String, Entry> row(Entry entry) {
        return rows.computeIfAbsent(entry.gateway, _ -> new LinkedHashMap<>());
    }

    private void report(Entry entry, Slot slot, long count, SlotOutcome outcome, Instant now) {
        Instant firstDue = entry.dueTimes.due(slot.index());
        long lagNanos = Math.max(0, saturatedNanos(Duration.between(firstDue, now)));
        launcher.accounted(
                new SlotAccount(
                        entry.probe,
                        entry.gateway,
                        firstDue,
                        entry.interval,
                        count,
                        outcome,
                        lagNanos,
                        slot.era()));
    }

    /** A clock may leap by more than the 292 years that a long of nanoseconds holds. */
    private static long saturatedNanos(Duration duration) {
        return duration.toSeconds() > Long.MAX_VALUE / 2_000_000_000L
                ? Long.MAX_VALUE
                : duration.toNanos();
    }
}
