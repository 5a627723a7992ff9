package io.paybeacon.probe.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the entries of a journal add up to. Not thread-safe. */
final class JournalState {

    private record Day(String probe, long epochDay, String currency) {}

    private final Map<String, OpenRun> open = new LinkedHashMap<>();
    private final Map<Day, Long> spent = new HashMap<>();

    void apply(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Sent sent -> {
                OpenRun run = open.get(sent.run());
                open.put(sent.run(), run == null ? OpenRun.of(sent) : run.with(sent));
                JournalEntry.Holding holds = sent.holds();
                if (holds != null) {
                    Day day = new Day(sent.probe(), epochDay(sent.at()), holds.currency());
                    spent.merge(day, holds.minor(), Math::addExact);
                }
            }
            case JournalEntry.Known known ->
                    open.computeIfPresent(known.run(), (_, run) -> run.with(known.variables()));
            case JournalEntry.Refused refused ->
                    open.computeIfPresent(refused.run(), (_, run) -> closeIfEmpty(run, refused));
            case JournalEntry.Released released -> open.remove(released.run());
            case JournalEntry.Spent old ->
                    spent.merge(
                            new Day(old.probe(), old.epochDay(), old.currency()),
                            old.minor(),
                            Math::addExact);
        }
    }

    @SuppressWarnings("NullAway") // Map.computeIfPresent removes on null.
    private static OpenRun closeIfEmpty(OpenRun run, JournalEntry.Refused refused) {
        OpenRun rest = run.without(refused.step());
        return rest.isOpen() ? rest : null;
    }

    Optional<OpenRun> openRun(String run) {
        return Optional.ofNullable(open.get(run));
    }

    List<OpenRun> openRuns() {
        return List.copyOf(open.values());
    }

    int openCount() {
        return open.size();
    }

    long spentMinor(String probe, Instant day, String currency) {
        return spent.getOrDefault(new Day(probe, epochDay(day), currency), 0L);
    }

    /** The fewest entries that add up to the same, without what was spent on earlier days. */
    List<JournalEntry> compacted(Instant now) {
        List<JournalEntry> entries = new ArrayList<>();
        Map<Day, Long> closed = new HashMap<>(spent);
        for (OpenRun run : open.values()) {
            for (JournalEntry.Sent sent : run.sent()) {
                entries.add(sent);
                JournalEntry.Holding holds = sent.holds();
                if (holds != null) {
                    Day day = new Day(sent.probe(), epochDay(sent.at()), holds.currency());
                    closed.merge(day, -holds.minor(), Math::addExact);
                }
            }
            entries.add(new JournalEntry.Known(run.run(), run.variables()));
        }
        closed.forEach((day, minor) -> {
            if (minor != 0 && day.epochDay() >= epochDay(now)) {
                entries.add(
                        new JournalEntry.Spent(day.probe(), day.epochDay(), day.currency(), minor));
            }
        });
        return entries;
    }

    private static long epochDay(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
    }
}
