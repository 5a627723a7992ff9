package io.paybeacon.testkit.contract;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An engine that leaves everything to another one; subclasses get one thing wrong. */
class FaultyEngine implements Engine {
    private final Engine sound;

    FaultyEngine(Engine sound) {
        this.sound = sound;
    }

    @Override
    public CompletableFuture<Void> accept(List<Event> events) {
        return sound.accept(events);
    }

    @Override
    public CompletableFuture<Void> tick(Instant now) {
        return sound.tick(now);
    }

    @Override
    public CompletableFuture<Void> refer(Reference reference) {
        return sound.refer(reference);
    }

    @Override
    public <S> CompletableFuture<Optional<S>> find(String stage, String key, Class<S> type) {
        return sound.find(stage, key, type);
    }

    @Override
    public MetricSnapshot metrics() {
        return sound.metrics();
    }

    @Override
    public EngineStatus status() {
        return sound.status();
    }

    @Override
    public void close() {
        sound.close();
    }
}
