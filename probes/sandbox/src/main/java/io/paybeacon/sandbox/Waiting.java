package io.paybeacon.sandbox;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for a future on a thread that may block. */
final class Waiting {
    private Waiting() {}

    /** Waits; an interrupt of the waiting thread counts as the future's failure. */
    static void await(Future<?> future, Duration max) throws ExecutionException, TimeoutException {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        }
    }

    /**
     * The same.
     *
     * @throws IllegalStateException when the future fails or takes too long
     */
    static void until(Future<?> future, Duration max) {
        try {
            await(future, max);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the ports did not change as a fault wants them", e);
        }
    }
}
