package io.paybeacon.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Safe for use by many threads. */
public final class ManualClock implements InstantSource {
    private final AtomicReference<Instant> now;

    /** A clock that stands at this instant. */
    public ManualClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves the clock to any instant, earlier ones included. */
    public void set(Instant instant) {
        now.set(instant);
    }

    /**
     * Moves the clock on.
     *
     * @return what it says from now on
     */
    public Instant advance(Duration by) {
        return now.updateAndGet(instant -> instant.plus(by));
    }
}
