package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.testkit.ManualClock;
import io.paybeacon.testkit.contract.EngineHarness.CrashPoints;
import io.paybeacon.testkit.contract.Workloads.Workload;
import io.paybeacon.testkit.model.InputLog;
import io.paybeacon.testkit.model.ModelDisk;
import io.paybeacon.testkit.model.ModelEngine;
import io.paybeacon.testkit.model.ModelSettings;
import io.paybeacon.testkit.model.RecordedInput;
import io.paybeacon.testkit.model.StateKey;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One workload put to an engine that dies on the way: like a careful sender, it puts again what was
 * not acknowledged to the engine that is started next, and goes on.
 */
final class CrashTrial implements AutoCloseable {
    private static final int STARTS_MAX = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EngineHarness harness;
    private final Workload workload;
    private final CrashPoints points;
    private final ManualClock clock = new ManualClock(Toys.START);
    private final RecordingSink sink = new RecordingSink();
    private @Nullable Engine engine;
    private int crashes;

    CrashTrial(EngineHarness harness, Workload workload) {
        this.harness = harness;
        this.workload = workload;
        try {
            this.points = CrashContract.points(harness);
        } catch (RuntimeException e) {
            harness.close();
            throw e;
        }
    }

    CrashPoints points() {
        return points;
    }

    int cases() {
        return harness.cases();
    }

    /** How often the engine died. */
    int crashes() {
        return crashes;
    }

    /**
     * Puts every input until it is acknowledged, then waits until everything is delivered.
     *
     * @param afterCrash called after each crash, before the next start
     */
    void run(Runnable afterCrash) {
        for (RecordedInput input : workload.log().inputs()) {
            boolean acknowledged = false;
            while (!acknowledged) {
                acknowledged = put(running(afterCrash), input);
            }
        }
        boolean delivered = false;
        while (!delivered) {
            Engine last = running(afterCrash);
            Twin.eventually(
                    harness,
                    () ->
                            assertThat(points.crashed() || last.status().undelivered() == 0)
                                    .as("delivered, or dead")
                                    .isTrue());
            delivered = !points.crashed();
        }
        if (points.disarm()) {
            bury(() -> {});
        }
    }

    /** The engine ends as a model that was told everything once and never crashed. */
    void assertSame(Expected expected, String description) {
        Engine last = running(() -> {});
        harness.settle(last);
        Twin.eventually(
                harness,
                () -> {
                    View view = View.of(last, sink, expected.keys, harness.patience());
                    assertThat(Differences.of(view, expected.view)).as(description).isEmpty();
                });
        assertThat(sink.violations()).as(description).isEmpty();
    }

    /**
     * How a workload ends when nothing crashes.
     *
     * @param keys every key that ever held a state
     */
    record Expected(View view, Set<StateKey> keys) {
        /** As in the model. */
        static Expected of(Workload workload) {
            ManualClock clock = new ManualClock(Toys.START);
            RecordingSink sink = new RecordingSink();
            try (ModelEngine model =
                    new ModelEngine(
                            workload.pipeline(),
                            workload.reference(),
                            clock,
                            sink,
                            new ModelDisk(),
                            ModelSettings.plain())) {
                workload.log().replay(model, clock, answer -> View.await(answer, PATIENCE));
                await().atMost(PATIENCE).until(() -> model.status().undelivered() == 0);
                Set<StateKey> keys = model.touched();
                return new Expected(View.of(model, sink, keys, PATIENCE), keys);
            }
        }
    }

    @Override
    public void close() {
        harness.close();
    }

    private boolean put(Engine running, RecordedInput input) {
        CompletableFuture<Void> answer = InputLog.put(input, running, clock);
        Twin.eventually(
                harness,
                () ->
                        assertThat(answer.isDone() || points.crashed())
                                .as("answered, or dead: %s", input)
                                .isTrue());
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            return true;
        }
        if (!points.crashed()) {
            throw new AssertionError("refused though nothing crashed", answer.exceptionNow());
        }
        return false;
    }

    /** The engine, started again if it died. */
    private Engine running(Runnable afterCrash) {
        for (int start = 0; start < STARTS_MAX; start++) {
            if (engine != null && points.crashed()) {
                bury(afterCrash);
            }
            if (engine != null) {
                return engine;
            }
            sink.nextLife();
            try {
                engine = harness.start(workload.pipeline(), workload.reference(), clock, sink);
            } catch (RuntimeException e) {
                if (!points.crashed()) {
                    throw e;
                }
                bury(afterCrash);
            }
        }
        throw new AssertionError("still dying after " + STARTS_MAX + " starts");
    }

    private void bury(Runnable afterCrash) {
        crashes++;
        harness.crash();
        engine = null;
        boolean _ = points.disarm();
        afterCrash.run();
    }
}
