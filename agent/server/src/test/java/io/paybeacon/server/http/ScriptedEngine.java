package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The engine's port played by a test: it answers as told and remembers what it was given. */
final class ScriptedEngine implements Engine {
    final List<List<Event>> accepted = new CopyOnWriteArrayList<>();
    final Map<String, Object> states = new ConcurrentHashMap<>();
    volatile Supplier<CompletableFuture<Void>> answer =
            () -> CompletableFuture.completedFuture(null);
    volatile RuntimeException failing;
    volatile MetricSnapshot metrics = MetricSnapshot.EMPTY;
    volatile EngineStatus status = new EngineStatus(null, 0, 0, 0);

    @Override
    public CompletableFuture<Void> accept(List<Event> events) {
        accepted.add(events);
        return answer.get();
    }

    @Override
    public CompletableFuture<Void> tick(Instant now) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refer(Reference reference) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public <S> CompletableFuture<Optional<S>> find(String stage, String key, Class<S> type) {
        RuntimeException failure = failing;
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        return CompletableFuture.completedFuture(
                Optional.ofNullable(states.get(stage + " " + key)).map(type::cast));
    }

    @Override
    public MetricSnapshot metrics() {
        return metrics;
    }

    @Override
    public EngineStatus status() {
        return status;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
