package io.paybeacon.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * What an engine knows of itself, for health checks and its own metrics.
 *
 * @param failure why it stopped, for people; null while it works
 * @param epochs how many batches were committed since the start of the process
 * @param queuedEvents how many accepted events wait to become durable
 * @param undelivered how many outputs the sink has not confirmed
 */
public record EngineStatus(
        @Nullable String failure, long epochs, long queuedEvents, long undelivered) {}
