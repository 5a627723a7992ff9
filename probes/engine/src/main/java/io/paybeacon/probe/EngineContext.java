package io.paybeacon.probe;

import io.paybeacon.probe.schedule.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.function.Supplier;

/** The event-loop context on which the engine's own state lives. Thread-safe. */
final class EngineContext implements Timer {

    private final ContextInternal context;

    EngineContext(Vertx vertx) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
    }

    /** Does something on the context. */
    <T> Future<T> on(Supplier<Future<T>> operation) {
        Promise<T> promise = context.promise();
        context.runOnContext(
                _ -> Future.succeededFuture().compose(_ -> operation.get()).onComplete(promise));
        return promise.future();
    }

    /** The same future, with what follows it on the context. */
    <T> Future<T> here(Future<T> elsewhere) {
        Promise<T> promise = context.promise();
        elsewhere.onComplete(promise);
        return promise.future();
    }

    /** Runs a task on the context. */
    void run(Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            run(task);
            return () -> {};
        }
        // One more millisecond: never early.
        long timer = context.setTimer(delay.toMillis() + 1, _ -> task.run());
        return () -> context.owner().cancelTimer(timer);
    }
}
