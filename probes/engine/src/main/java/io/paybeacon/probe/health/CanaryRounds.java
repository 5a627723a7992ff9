package io.paybeacon.probe.health;

import io.paybeacon.probe.schedule.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks all canaries in rounds: regularly, and at once when a verdict needs to know. Not
 * thread-safe: everything happens on the timer's thread.
 */
final class CanaryRounds {

    /** Shortest time from one round to the next, however many verdicts wait. */
    private static final Duration SPACING = Duration.ofMillis(250);

    /** Time after a round that failed until the next one. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** Says whether the process or an event loop stood still in a span of the monotonic clock. */
    @FunctionalInterface
    interface Disturbances {
        boolean within(long fromNanos, long toNanos);
    }

    private record Answer(Canary canary, Optional<String> failure) {}

    private final HealthSettings settings;
    private final LongSupplier nanos;
    private final Timer timer;
    private final CanaryProbe probe;
    private final HealthBook book;
    private final Disturbances disturbances;
    private final List<Promise<Void>> awaitingNext = new ArrayList<>();
    private final List<Promise<Void>> awaitingThis = new ArrayList<>();
    private @Nullable Runnable cancelTimer;
    private boolean underway;
    private boolean stopped;
    private boolean ever;
    private long begunNanos;

    CanaryRounds(
            HealthSettings settings,
            LongSupplier nanos,
            Timer timer,
            CanaryProbe probe,
            HealthBook book,
            Disturbances disturbances) {
        this.settings = settings;
        this.nanos = nanos;
        this.timer = timer;
        this.probe = probe;
        this.book = book;
        this.disturbances = disturbances;
    }

    void start() {
        if (!settings.canaries().isEmpty()) {
            begin();
        }
    }

    void stop() {
        stopped = true;
        cancel();
        complete(awaitingThis);
        complete(awaitingNext);
    }

    /** Completes when a round has ended that began at that moment or later; never fails. */
    Future<Void> roundSince(long sinceNanos) {
        boolean begunSince = ever && begunNanos - sinceNanos >= 0;
        if (stopped || settings.canaries().isEmpty() || (begunSince && !underway)) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        if (begunSince) {
            awaitingThis.add(promise);
        } else {
            awaitingNext.add(promise);
            if (!underway) {
                beginSoon();
            }
        }
        return promise.future();
    }

    private void beginSoon() {
        long wait = SPACING.toNanos() - (nanos.getAsLong() - begunNanos);
        if (!ever || wait <= 0) {
            begin();
        } else {
            beginAfter(Duration.ofNanos(wait));
        }
    }

    private void beginAfter(Duration delay) {
        cancel();
        cancelTimer = timer.after(delay, this::begin);
    }

    private void cancel() {
        if (cancelTimer != null) {
            cancelTimer.run();
            cancelTimer = null;
        }
    }

    private void begin() {
        if (underway || stopped) {
            return;
        }
        cancel();
        underway = true;
        ever = true;
        begunNanos = nanos.getAsLong();
        awaitingThis.addAll(awaitingNext);
        awaitingNext.clear();
        List<Future<Answer>> answers =
                settings.canaries().stream()
                        .map(canary -> probe.ask(canary).map(why -> new Answer(canary, why)))
                        .toList();
        Future.join(answers).onComplete(_ -> ended(answers));
    }

    private void ended(List<Future<Answer>> asked) {
        underway = false;
        long now = nanos.getAsLong();
        List<Answer> answers =
                asked.stream().filter(Future::succeeded).map(Future::result).toList();
        boolean disturbed = disturbances.within(begunNanos, now);
        boolean failed = false;
        // A deadline that passed while the process stood still says nothing about the network.
        if (!disturbed) {
            failed = judge(HealthCheck.EGRESS, tcp(answers), now);
            failed |= judge(HealthCheck.NAME_SERVER, dns(answers), now);
        }
        complete(awaitingThis);
        if (stopped) {
            return;
        }
        if (!awaitingNext.isEmpty()) {
            beginSoon();
        } else {
            beginAfter(failed || disturbed ? AFTER_FAILURE : settings.canaryInterval());
        }
    }

    private static List<Answer> tcp(List<Answer> answers) {
        return answers.stream().filter(a -> a.canary() instanceof Canary.Tcp).toList();
    }

    private static List<Answer> dns(List<Answer> answers) {
        return answers.stream().filter(a -> a.canary() instanceof Canary.Dns).toList();
    }

    /** Books a check; returns whether it failed. One canary that answers is enough. */
    private boolean judge(HealthCheck check, List<Answer> answers, long now) {
        if (answers.isEmpty()) {
            return false;
        }
        boolean passed = answers.stream().anyMatch(answer -> answer.failure().isEmpty());
        String detail =
                answers.stream()
                        .map(answer -> answer.canary() + " " + answer.failure().orElse("answers"))
                        .collect(Collectors.joining("; "));
        book.round(check, passed, begunNanos, now, detail);
        return !passed;
    }

    private static void complete(List<Promise<Void>> waiting) {
        List<Promise<Void>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Promise::tryComplete);
    }
}
