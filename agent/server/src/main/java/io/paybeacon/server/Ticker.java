package io.paybeacon.server;

import io.paybeacon.core.engine.Engine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the engine the time, so that deadlines fire. One tick is under way at a time. */
final class Ticker implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("paybeacon-ticker").factory());
    private final AtomicBoolean underWay = new AtomicBoolean();

    Ticker(Engine engine, InstantSource clock) {
        var _ =
                thread.scheduleAtFixedRate(
                        () -> tick(engine, clock),
                        EVERY.toMillis(),
                        EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void tick(Engine engine, InstantSource clock) {
        if (underWay.compareAndSet(false, true)) {
            // A tick that fails is made up for by the next one; the engine's status says why.
            var _ = engine.tick(clock.instant()).whenComplete((done, error) -> underWay.set(false));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
