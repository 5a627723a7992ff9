package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.testkit.ManualClock;
import io.paybeacon.testkit.model.InputLog;
import io.paybeacon.testkit.model.ModelDisk;
import io.paybeacon.testkit.model.ModelEngine;
import io.paybeacon.testkit.model.ModelSettings;
import io.paybeacon.testkit.model.RecordedInput;
import io.paybeacon.testkit.model.RecordedInput.Accepted;
import io.paybeacon.testkit.model.RecordedInput.Referred;
import io.paybeacon.testkit.model.RecordedInput.Ticked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ThrowingRunnable;

/**
 * The engine under test and the model beside it, told the same under one clock. The model never
 * crashes or restarts.
 */
final class Twin implements AutoCloseable {
    final ManualClock clock = new ManualClock(Toys.START);
    final RecordingSink sink = new RecordingSink();
    final RecordingSink modelSink = new RecordingSink();
    final ModelEngine model;
    private final EngineHarness harness;
    private final List<RecordedInput> inputs = new ArrayList<>();
    private Pipeline pipeline;
    private Reference reference;
    private Engine engine;

    Twin(EngineHarness harness, Pipeline pipeline, Reference reference) {
        this(harness, pipeline, reference, ModelSettings.plain());
    }

    Twin(EngineHarness harness, Pipeline pipeline, Reference reference, ModelSettings settings) {
        this.harness = harness;
        this.pipeline = pipeline;
        this.reference = reference;
        model = new ModelEngine(pipeline, reference, clock, modelSink, new ModelDisk(), settings);
        engine = harness.start(pipeline, reference, clock, sink);
    }

    /** The engine under test as it runs now. */
    Engine engine() {
        return engine;
    }

    /** What the model was told so far. */
    InputLog log() {
        return new InputLog(inputs);
    }

    /** Both accept the events and acknowledge them. */
    void accept(Event... events) {
        accept(List.of(events));
    }

    /** Both accept the events and acknowledge them. */
    void accept(List<Event> events) {
        put(new Accepted(clock.instant(), events));
    }

    /** Only the engine under test is told, and acknowledges: a sender that tells it again. */
    void repeat(Event... events) {
        done(engine.accept(List.of(events)));
    }

    /** Only the model is told. */
    void tellModel(List<Event> events) {
        done(model.accept(events));
    }

    /** Both are told these inputs, each after everything before it has arrived. */
    void tell(InputLog log) {
        for (RecordedInput input : log.inputs()) {
            put(input);
            harness.settle(engine);
        }
    }

    /** Time passes, and both are told. Everything forwarded has arrived before. */
    void pass(Duration time) {
        clock.advance(time);
        tick();
    }

    /** Both are told the time. Everything forwarded has arrived before. */
    void tick() {
        harness.settle(engine);
        done(model.drain());
        put(new Ticked(clock.instant()));
    }

    /** What all keys share changes for both. Everything forwarded has arrived before. */
    void refer(Reference changed) {
        harness.settle(engine);
        put(new Referred(clock.instant(), changed));
    }

    /** The engine dies and is started again. */
    void crash() {
        harness.crash();
        start();
    }

    /** The engine is closed and started again. */
    void restart() {
        engine.close();
        start();
    }

    /** The next start is with another pipeline. */
    void build(Pipeline next) {
        pipeline = next;
    }

    /** The next start is with another reference. */
    void configure(Reference next) {
        reference = next;
    }

    /** Starts what {@link EngineHarness#crash} or a close has ended. */
    void start() {
        sink.nextLife();
        engine = harness.start(pipeline, reference, clock, sink);
    }

    /** At rest, both show the same states, metrics and findings, and the sink got its due. */
    void assertSame(String description) {
        rest();
        View expected = View.of(model, modelSink, model.touched(), harness.patience());
        eventually(() -> assertThat(Differences.of(view(), expected)).as(description).isEmpty());
        assertThat(sink.violations()).as(description).isEmpty();
    }

    /** At rest, both show the same states and the same findings as open. */
    void assertSameStatesAndOpenFindings(String description) {
        rest();
        eventually(() -> {
            var states = View.states(engine, model.touched(), harness.patience());
            assertThat(Differences.of(states, model.states())).as(description).isEmpty();
            assertThat(Differences.of(sink.open(), modelSink.open())).as(description).isEmpty();
        });
        assertThat(sink.violations()).as(description).isEmpty();
    }

    /** What can be seen of the engine under test, for every key the model knows of. */
    View view() {
        return View.of(engine, sink, model.touched(), harness.patience());
    }

    /** Waits until nothing is under way in either. */
    void rest() {
        harness.settle(engine);
        done(model.drain());
        eventually(() -> assertThat(engine.status().undelivered()).isZero());
        eventually(() -> assertThat(model.status().undelivered()).isZero());
    }

    /** The state that the engine under test shows of a payment at the gateway north. */
    Optional<Ledger> ledger(String payment) {
        return done(engine.find(LedgerStage.NAME, Toys.key(payment), Ledger.class));
    }

    /** What the engine under test runs on. */
    EngineHarness harness() {
        return harness;
    }

    /** Waits until something holds. */
    void eventually(ThrowingRunnable holds) {
        eventually(harness, holds);
    }

    /** Waits until something holds, as long as the harness has patience. */
    static void eventually(EngineHarness harness, ThrowingRunnable holds) {
        await().atMost(harness.patience())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(holds);
    }

    /** What a future comes to, within the harness's patience. */
    <T> T done(CompletableFuture<T> future) {
        return View.await(future, harness.patience());
    }

    @Override
    public void close() {
        sink.hold(false);
        model.close();
        harness.close();
    }

    private void put(RecordedInput input) {
        inputs.add(input);
        CompletableFuture<Void> acknowledged = InputLog.put(input, engine, clock);
        done(InputLog.put(input, model, clock));
        done(acknowledged);
    }
}
