package io.paybeacon.server;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.probe.ProbeListener;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepBegun;
import io.paybeacon.server.http.RunHistory;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what probes and sources found to the engine. While the engine is overloaded the events
 * wait, up to a limit; told twice they change nothing. Safe for use by many threads.
 */
final class ProbeInlet implements ProbeListener {
    /** How many probe events wait for the engine at most. */
    static final int WAITING_MAX = 10_000;

    private static final long RETRY_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(ProbeInlet.class);
    private static final Logger RUNS = LoggerFactory.getLogger(Agent.LOG_OF_RUNS);

    private final Vertx vertx;
    private final Engine engine;
    private final RunHistory runs;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<Consumer<StepBegun>> watcher = new AtomicReference<>(_ -> {});

    ProbeInlet(Vertx vertx, Engine engine, RunHistory runs) {
        this.vertx = vertx;
        this.engine = engine;
        this.runs = runs;
    }

    @Override
    public void onEvent(ProbeEvent event) {
        tell(event);
    }

    /** Hands an event to the engine. */
    void tell(Event event) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            LOG.error("The engine does not keep up: a result of a probe or a source was dropped");
            return;
        }
        offer(event);
    }

    private void offer(Event event) {
        var _ =
                engine.accept(List.of(event))
                        .whenComplete((done, error) -> {
                            if (error instanceof OverloadedException) {
                                vertx.setTimer(RETRY_MILLIS, _ -> offer(event));
                                return;
                            }
                            waiting.decrementAndGet();
                            if (error != null) {
                                LOG.error(
                                        "A result of a probe or a source was not accepted", error);
                            }
                        });
    }

    /** Who is told of each step before it is executed, on event loops. */
    void watchSteps(Consumer<StepBegun> told) {
        watcher.set(told);
    }

    @Override
    public void onStep(StepBegun step) {
        watcher.get().accept(step);
    }

    @Override
    public void onRun(RunResult result) {
        runs.add(result);
        if (result.failure() == null) {
            RUNS.debug("Probe {} passed", result.probe());
            return;
        }
        RUNS.warn(
                "Probe {} failed at step {}: {} ({})",
                result.probe(),
                result.failedStep(),
                result.failure().reason().label(),
                result.failure().detail());
    }
}
