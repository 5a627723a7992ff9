package io.paybeacon.probe.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Notices, by ticks that should come evenly, that the process stood still or that the wall clock
 * leapt. Ticks come from one thread, questions from any.
 */
final class PauseWatch {

    /** Time between two ticks. */
    static final Duration PERIOD = Duration.ofMillis(50);

    /** Time between two looks at the monotonic clock beyond which the wall's belongs to neither. */
    private static final Duration SAMPLE_MAX = Duration.ofMillis(20);

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final HealthSettings settings;
    private final HealthBook book;
    private volatile long lastTickNanos;
    private Instant sampleWall;
    private long sampleNanos;

    PauseWatch(InstantSource clock, LongSupplier nanos, HealthSettings settings, HealthBook book) {
        this.clock = clock;
        this.nanos = nanos;
        this.settings = settings;
        this.book = book;
        this.lastTickNanos = nanos.getAsLong();
        this.sampleWall = clock.instant();
        this.sampleNanos = lastTickNanos;
    }

    /** Counts from now. */
    void begin() {
        lastTickNanos = nanos.getAsLong();
        sampleWall = clock.instant();
        sampleNanos = lastTickNanos;
    }

    void tick() {
        long now = nanos.getAsLong();
        long last = lastTickNanos;
        if (isPause(last, now)) {
            book.stoodStill(HealthCheck.PAUSE, last, now, describe(last, now));
        }
        lastTickNanos = now;
        compareClocks(now);
        book.settle();
    }

    /** A pause whose end no tick has noticed yet. */
    Optional<Illness> unnoticed(long fromNanos) {
        long last = lastTickNanos;
        long now = nanos.getAsLong();
        return isPause(last, now) && now >= fromNanos
                ? Optional.of(new Illness(HealthCheck.PAUSE, describe(last, now)))
                : Optional.empty();
    }

    private boolean isPause(long last, long now) {
        return now - last - PERIOD.toNanos() >= settings.pauseMin().toNanos();
    }

    private static String describe(long last, long now) {
        return "the process stood still for %d ms"
                .formatted((now - last - PERIOD.toNanos()) / 1_000_000);
    }

    private void compareClocks(long before) {
        Instant wall = clock.instant();
        long after = nanos.getAsLong();
        if (after - before > SAMPLE_MAX.toNanos()) {
            // The thread was held between the two looks: they do not belong together.
            return;
        }
        Duration leap = Duration.between(sampleWall, wall).minusNanos(after - sampleNanos);
        if (leap.abs().compareTo(settings.clockJumpMin()) >= 0) {
            String detail =
                    "the wall clock was set %s by %d s"
                            .formatted(
                                    leap.isNegative() ? "back" : "forward", leap.abs().toSeconds());
            book.leapt(sampleNanos, after, detail);
        }
        sampleWall = wall;
        sampleNanos = after;
    }
}
