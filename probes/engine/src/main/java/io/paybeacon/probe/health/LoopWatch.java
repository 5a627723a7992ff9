package io.paybeacon.probe.health;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Measures how late one event loop does what is due. Ticks come from the loop. */
final class LoopWatch {

    /** Time between two ticks. */
    static final Duration PERIOD = Duration.ofMillis(100);

    private final EventExecutor loop;
    private final LongSupplier nanos;
    private final HealthSettings settings;
    private final HealthListener listener;
    private final HealthBook book;
    private final PauseWatch pauses;
    private volatile long lastTickNanos;
    private volatile boolean stopped;

    LoopWatch(
            EventExecutor loop,
            LongSupplier nanos,
            HealthSettings settings,
            HealthListener listener,
            HealthBook book,
            PauseWatch pauses) {
        this.loop = loop;
        this.nanos = nanos;
        this.settings = settings;
        this.listener = listener;
        this.book = book;
        this.pauses = pauses;
        this.lastTickNanos = nanos.getAsLong();
    }

    void start() {
        lastTickNanos = nanos.getAsLong();
        next();
    }

    void stop() {
        stopped = true;
    }

    private void next() {
        if (!stopped && !loop.isShuttingDown()) {
            var _ = loop.schedule(this::tick, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        long last = lastTickNanos;
        long now = nanos.getAsLong();
        listener.onLoopLag(Math.max(0, now - last - PERIOD.toNanos()));
        // A process that stood still is late on every loop: that is one illness, not two.
        if (isLate(last, now) && !wasPaused(last, now)) {
            book.stoodStill(HealthCheck.EVENT_LOOP, last, now, describe(last, now));
        }
        // Last, so that a lag is at every moment either unnoticed or booked.
        lastTickNanos = now;
        next();
    }

    private boolean wasPaused(long last, long now) {
        return pauses.unnoticed(last).isPresent()
                || book.illness(Set.of(HealthCheck.PAUSE), last, now).isPresent();
    }

    /** A lag that is not over yet. */
    Optional<Illness> unnoticed(long fromNanos) {
        long last = lastTickNanos;
        long now = nanos.getAsLong();
        return isLate(last, now) && now >= fromNanos
                ? Optional.of(new Illness(HealthCheck.EVENT_LOOP, describe(last, now)))
                : Optional.empty();
    }

    private boolean isLate(long last, long now) {
        return now - last - PERIOD.toNanos() >= settings.loopLagMin().toNanos();
    }

    private static String describe(long last, long now) {
        return "an event loop was held up for %d ms"
                .formatted((now - last - PERIOD.toNanos()) / 1_000_000);
    }
}
