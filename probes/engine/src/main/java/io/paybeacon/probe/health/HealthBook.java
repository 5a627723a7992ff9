package io.paybeacon.probe.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the agent's health: spans of time in which something was wrong, which decide
 * about samples at once, and the state of each check, which changes slowly. Thread-safe.
 */
final class HealthBook {

    /** Spans of one check that are remembered; a run lasts minutes at most, older ones are idle. */
    private static final int SPANS_MAX = 256;

    /** Rounds of canaries in a row that make a check ill, or well again. */
    private static final int ROUNDS_IN_A_ROW = 2;

    /** A span of the monotonic clock in which something was wrong. */
    private record Span(long fromNanos, long toNanos, String detail) {
        boolean overlaps(long from, long to) {
            return fromNanos <= to && toNanos >= from;
        }
    }

    private static final class Page {
        private final Deque<Span> spans = new ArrayDeque<>();
        private boolean well = true;
        private Instant since;
        private String detail = "";
        private long wellAfterNanos;

        /** Since when the canaries have failed without a pass between; null while they pass. */
        private @Nullable Span failing;

        private @Nullable Long lastPassNanos;
        private int sameInARow;
        private boolean lastPassed = true;

        Page(Instant since) {
            this.since = since;
        }
    }

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final HealthSettings settings;
    private final HealthListener listener;
    private final Map<HealthCheck, Page> pages = new EnumMap<>(HealthCheck.class);

    HealthBook(
            InstantSource clock,
            LongSupplier nanos,
            HealthSettings settings,
            HealthListener listener) {
        this.clock = clock;
        this.nanos = nanos;
        this.settings = settings;
        this.listener = listener;
        Instant now = clock.instant();
        for (HealthCheck check : HealthCheck.values()) {
            pages.put(check, new Page(now));
        }
    }

    private Page page(HealthCheck check) {
        Page page = pages.get(check);
        if (page == null) {
            throw new IllegalStateException("No page for " + check);
        }
        return page;
    }

    /** The process stood still, or an event loop did, for that span. */
    void stoodStill(HealthCheck check, long fromNanos, long toNanos, String detail) {
        long quietNanos = settings.recovery().toNanos();
        book(check, new Span(fromNanos, toNanos, detail), toNanos + quietNanos);
    }

    /** The wall clock leapt in that span; it is not trusted for a while afterwards. */
    void leapt(long fromNanos, long toNanos, String detail) {
        long trustedNanos = toNanos + settings.clockSettle().toNanos();
        book(HealthCheck.CLOCK, new Span(fromNanos, trustedNanos, detail), trustedNanos);
    }

    private void book(HealthCheck check, Span span, long wellAfterNanos) {
        HealthState changed = null;
        synchronized (this) {
            Page page = page(check);
            remember(page, span);
            page.wellAfterNanos = wellAfterNanos;
            if (page.well) {
                changed = turn(check, false, span.detail());
            }
        }
        tell(changed);
    }

    /** Checks that fell ill by an event are well again after a quiet time. Call it now and then. */
    void settle() {
        List<HealthState> changes = new ArrayList<>();
        synchronized (this) {
            long now = nanos.getAsLong();
            for (HealthCheck check :
                    EnumSet.of(HealthCheck.PAUSE, HealthCheck.EVENT_LOOP, HealthCheck.CLOCK)) {
                Page page = page(check);
                if (!page.well && now - page.wellAfterNanos >= 0) {
                    changes.add(turn(check, true, ""));
                }
            }
        }
        changes.forEach(this::tell);
    }

    /**
     * A round of canaries ended.
     *
     * @param passed whether any of them answered
     * @param detail why the others did not
     */
    void round(HealthCheck check, boolean passed, long begunNanos, long endedNanos, String detail) {
        HealthState changed = null;
        synchronized (this) {
            Page page = page(check);
            page.sameInARow = page.lastPassed == passed ? page.sameInARow + 1 : 1;
            page.lastPassed = passed;
            Span failing = page.failing;
            if (passed) {
                if (failing != null) {
                    remember(page, new Span(failing.fromNanos(), endedNanos, failing.detail()));
                    page.failing = null;
                }
                page.lastPassNanos = begunNanos;
            } else if (failing == null) {
                Long lastPass = page.lastPassNanos;
                page.failing =
                        new Span(lastPass == null ? begunNanos : lastPass, endedNanos, detail);
            }
            if (page.well != passed && page.sameInARow >= ROUNDS_IN_A_ROW) {
                changed = turn(check, passed, passed ? "" : detail);
            }
        }
        tell(changed);
    }

    /** What was wrong in a span of time, of the given checks; empty when nothing was. */
    synchronized Optional<Illness> illness(Set<HealthCheck> checks, long fromNanos, long toNanos) {
        for (HealthCheck check : checks) {
            Page page = page(check);
            Span failing = page.failing;
            if (failing != null && failing.fromNanos() <= toNanos) {
                return Optional.of(new Illness(check, failing.detail()));
            }
            for (Span span : page.spans) {
                if (span.overlaps(fromNanos, toNanos)) {
                    return Optional.of(new Illness(check, span.detail()));
                }
            }
        }
        return Optional.empty();
    }

    /** The state of every check. */
    synchronized List<HealthState> states() {
        return pages.entrySet().stream()
                .map(entry -> {
                    Page page = entry.getValue();
                    return new HealthState(entry.getKey(), page.well, page.since, page.detail);
                })
                .toList();
    }

    private static void remember(Page page, Span span) {
        page.spans.addLast(span);
        if (page.spans.size() > SPANS_MAX) {
            page.spans.removeFirst();
        }
    }

    private HealthState turn(HealthCheck check, boolean well, String detail) {
        Page page = page(check);
        page.well = well;
        page.since = clock.instant();
        page.detail = detail;
        return new HealthState(check, well, page.since, detail);
    }

    private void tell(@Nullable HealthState changed) {
        if (changed != null) {
            listener.onChange(changed);
        }
    }
}
