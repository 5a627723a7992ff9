package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FindingEvent;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.finding.FindingStage;
import io.paybeacon.core.stage.Context;
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
        events.forEach(this::keep);
        return answer.get();
    }

    /** Findings are kept by the real stage, so that acts are seen. */
    private void keep(Event event) {
        if (event instanceof FindingEvent told) {
            String key = "finding " + told.finding();
            FindingRecord before = (FindingRecord) states.get(key);
            Context context = new Context(told.origin().occurredAt(), Reference.defaults());
            states.put(key, new FindingStage().apply(before, told, context).state());
        }
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
