package io.paybeacon.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * What an engine knows of itself, for health checks and its own metrics.
 *
 * @param failure why it stopped, for people; null while it works
 * @param refusal why it takes no events at the moment, for people, though it works: it goes on
 *     by itself when the reason is gone; null while it takes them
 * @param epochs how many batches were committed since the start of the process
 * @param queuedEvents how many accepted events wait to become durable
 * @param undelivered how many outputs the sink has not confirmed
 * @param undeliveredBytes about how large those are
 */
public record EngineStatus(
        @Nullable String failure,
        @Nullable String refusal,
        long epochs,
        long queuedEvents,
        long undelivered,
        long undeliveredBytes) {
    /** An engine that refuses nothing, and whose outputs are not measured. */
    public EngineStatus(
            @Nullable String failure, long epochs, long queuedEvents, long undelivered) {
        this(failure, null, epochs, queuedEvents, undelivered, 0);
    }

    /** Why it takes no events, for people, for a while or for good; null while it takes them. */
    public @Nullable String unready() {
        return failure != null ? failure : refusal;
    }
}
