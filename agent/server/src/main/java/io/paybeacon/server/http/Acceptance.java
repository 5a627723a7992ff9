package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.Event;
import io.paybeacon.telemetry.IngestResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The way of events from a request into the engine: their sender is answered when they are durable,
 * when that failed, or when it takes too long. Called on the event loop of the request.
 */
final class Acceptance {
    private final Vertx vertx;
    private final HttpServices services;
    private final HttpSettings settings;

    Acceptance(Vertx vertx, HttpServices services, HttpSettings settings) {
        this.vertx = vertx;
        this.services = services;
        this.settings = settings;
    }

    /**
     * Tells the engine.
     *
     * @param durable what to answer once the events are durable
     * @return whether the engine was told; if not, the sender has its answer
     */
    boolean tell(List<Event> events, WebhookAnswer answer, Runnable durable) {
        Optional<Engine> engine = services.engine().get();
        if (engine.isEmpty()) {
            answer.refuse(IngestResult.ENGINE_STOPPED);
            return false;
        }
        CompletableFuture<Void> told;
        try {
            told = engine.get().accept(events);
        } catch (RuntimeException e) {
            answer.fail(e);
            return false;
        }
        long timer =
                vertx.setTimer(
                        settings.durableWaitMillisMax(), _ -> answer.refuse(IngestResult.TIMEOUT));
        Context context = vertx.getOrCreateContext();
        var _ =
                told.whenComplete((_, failure) ->
                        context.runOnContext(_ -> {
                            vertx.cancelTimer(timer);
                            if (failure == null) {
                                durable.run();
                            } else {
                                answer.fail(failure);
                            }
                        }));
        return true;
    }
}
