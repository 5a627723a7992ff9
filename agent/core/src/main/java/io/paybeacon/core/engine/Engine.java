package io.paybeacon.core.engine;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a pipeline: takes events in, keeps the states, fires deadlines, and lets results out. Safe
 * for use by many threads.
 *
 * <p>A future that completes normally means: durable. What was accepted is in every state, finding
 * and metric that follows from it exactly once, after any crash. A future that fails, or never
 * completes because the process died, means that it may be or may not be; the sender tells it
 * again, and stages take care that being told twice changes nothing.
 */
public interface Engine extends AutoCloseable {
    /**
     * Accepts events, stamping them with the agent's clock, and processes them in the order given.
     *
     * <p>All of them become durable together or none does; accepted time never goes back. Completes
     * exceptionally with {@link OverloadedException} when the engine holds as much undone work as
     * it may, with {@link EngineStoppedException} when it is closed or can no longer write, and
     * with {@link IllegalArgumentException} when no stage reads one of them.
     */
    CompletableFuture<Void> accept(List<Event> events);

    /**
     * Advances time: every deadline up to {@code now} fires, in order of its time, after all that
     * its caller had accepted before. Ticks are inputs like events: a replay takes the same steps.
     * What stages forwarded may still be under way. A deadline that is set while a tick fires, for
     * a time that is reached already, waits for the next tick. A tick that is not later than one
     * before it fires nothing, so that it may be told again.
     *
     * @param now by the agent's clock
     */
    CompletableFuture<Void> tick(Instant now);

    /**
     * Replaces what every key shares. What was accepted before sees the old, what is accepted after
     * sees the new; the change is durable like an event. A process that starts with a lower or the
     * same version runs with the durable one, one with a higher version with its own.
     */
    CompletableFuture<Void> refer(Reference reference);

    /**
     * The committed state of one key of one stage.
     *
     * @param stage the stage's name
     * @param type the type of its states
     * @throws IllegalArgumentException if there is no such stage
     */
    <S> CompletableFuture<Optional<S>> find(String stage, String key, Class<S> type);

    /** The committed metrics: a copy, of one moment where the engine is one process. */
    MetricSnapshot metrics();

    /** What the engine knows of itself. */
    EngineStatus status();

    /**
     * Stops after what was accepted is durable and frees everything. Deliveries that the sink has
     * not confirmed are made again after the next start. Closing twice is allowed.
     */
    @Override
    void close();
}
