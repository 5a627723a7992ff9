package io.paybeacon.server.http;

import io.paybeacon.probe.result.RunResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The last runs of each probe with their redacted debug logs, for people who look into one. Runs
 * that did not pass are kept longer than those that did. Kept in memory, within {@link
 * Limits#RUNS_KEPT_CHARS_MAX}: the oldest go first. Safe for use by many threads.
 */
public final class RunHistory {
    private final Map<String, Deque<Kept>> runs = new HashMap<>();
    private long chars;
    private long sequence;

    private record Kept(long sequence, RunResult run, long chars) {
        boolean passed() {
            return run.outcome() == RunResult.Outcome.PASSED;
        }
    }

    /** A run has ended. */
    public synchronized void add(RunResult run) {
        long size = run.debugLog().stream().mapToLong(String::length).sum();
        Deque<Kept> own = runs.computeIfAbsent(run.probe(), _ -> new ArrayDeque<>());
        own.addFirst(new Kept(sequence++, run, size));
        chars += size;
        trim(own, true, Limits.RUNS_PASSED_KEPT_MAX);
        trim(own, false, Limits.RUNS_FAILED_KEPT_MAX);
        while (chars > Limits.RUNS_KEPT_CHARS_MAX) {
            dropOldest();
        }
    }

    private void trim(Deque<Kept> own, boolean passed, int max) {
        List<Kept> kind = own.stream().filter(kept -> kept.passed() == passed).toList();
        if (kind.size() > max) {
            drop(own, kind.getLast());
        }
    }

    private void dropOldest() {
        runs.values().stream()
                .filter(own -> !own.isEmpty())
                .min(Comparator.comparingLong(own -> own.getLast().sequence()))
                .ifPresent(own -> drop(own, own.getLast()));
    }

    private void drop(Deque<Kept> own, Kept kept) {
        own.remove(kept);
        chars -= kept.chars();
    }

    /** Forgets the probes that are not configured any more. */
    public synchronized void retain(Set<String> probes) {
        runs.keySet().retainAll(probes);
        chars = runs.values().stream().flatMap(Deque::stream).mapToLong(Kept::chars).sum();
    }

    /** The kept runs of a probe, the newest first. */
    public synchronized List<RunResult> of(String probe) {
        List<RunResult> all = new ArrayList<>();
        runs.getOrDefault(probe, new ArrayDeque<>()).forEach(kept -> all.add(kept.run()));
        return all;
    }

    /** A kept run of a probe. */
    public Optional<RunResult> find(String probe, String run) {
        return of(probe).stream().filter(result -> result.runId().equals(run)).findFirst();
    }
}
