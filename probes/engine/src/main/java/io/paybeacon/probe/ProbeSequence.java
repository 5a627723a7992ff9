package io.paybeacon.probe;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps runs and cleanups of one probe from overlapping: each begins when the one before it has
 * ended. Everything is called on the engine's context.
 */
final class ProbeSequence {

    private final EngineContext context;

    /** The last thing that each busy probe does. */
    private final Map<String, Future<?>> tails = new HashMap<>();

    ProbeSequence(EngineContext context) {
        this.context = context;
    }

    /** Does something for a probe after all that was asked for it before. */
    <T> Future<T> inTurn(String probe, Supplier<Future<T>> operation) {
        Future<?> before = tails.getOrDefault(probe, Future.succeededFuture());
        Promise<T> promise = Promise.promise();
        Future<T> result = promise.future();
        tails.put(probe, result);
        result.onComplete(_ -> context.run(() -> tails.remove(probe, result)));
        before.onComplete(_ -> context.on(operation).onComplete(promise));
        return result;
    }

    /** Whether a probe does something. */
    boolean isBusy(String probe) {
        return tails.containsKey(probe);
    }

    /** Completes when all that was asked for so far has ended; never fails. */
    Future<Void> drained() {
        return Future.join(new ArrayList<>(tails.values())).<Void>mapEmpty().otherwiseEmpty();
    }
}
