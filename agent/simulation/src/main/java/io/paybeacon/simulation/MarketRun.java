package io.paybeacon.simulation;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.sandbox.market.generate.Occurrence;
import io.paybeacon.sandbox.market.generate.PaymentOutcome;
import io.paybeacon.sandbox.market.generate.Planted;
import io.paybeacon.sandbox.market.generate.Simulation;
import io.paybeacon.sandbox.market.generate.SimulationOptions;
import io.paybeacon.sandbox.market.generate.TruthSink;
import io.paybeacon.testkit.ManualClock;
import io.paybeacon.testkit.contract.EngineHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Tells an engine all that a simulated marketplace does, on a virtual clock that ticks once a
 * minute, kills it now and then while it works, and tells it again what it had not acknowledged.
 * The same options, seed and harness take the same steps, but for where a kill meets the engine's
 * own threads.
 */
public final class MarketRun implements AutoCloseable {
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final int CALL_EVENTS_MAX = 64;
    private static final int PENDING_CALLS_MAX = 32;

    private final EngineHarness harness;
    private final Reference reference = Reference.defaults();
    private final FindingLog findings = new FindingLog();
    private final Books books = new Books();
    private final Set<Planted> planted = new HashSet<>();
    private final List<PaymentOutcome> outcomes = new ArrayList<>();
    private final Deque<Call> pending = new ArrayDeque<>();
    private final ManualClock clock;
    private final Simulation simulation;
    private final MarketEvents told = new MarketEvents();
    private final Instant end;
    private final Random random;
    private final int kills;
    private final double killAtTick;
    private Engine engine;
    private Instant nextTick;
    private long events;
    private int killed;

    /** What was told and is not acknowledged yet. */
    private record Call(List<Event> events, CompletableFuture<Void> done) {}

    /**
     * A run at its beginning.
     *
     * @param kills how often the engine is killed on the way
     */
    public MarketRun(EngineHarness harness, SimulationOptions options, int kills) {
        this.harness = harness;
        this.kills = kills;
        this.random = new Random(options.seed());
        this.clock = new ManualClock(options.start());
        this.end = Instant.ofEpochMilli(options.untilMillis());
        long ticks = Duration.between(options.start(), end).dividedBy(TICK);
        this.killAtTick = (double) kills / Math.max(1, ticks);
        this.nextTick = options.start().plus(TICK);
        this.simulation =
                new Simulation(
                        options,
                        new TruthSink() {
                            @Override
                            public void payment(PaymentOutcome outcome) {
                                outcomes.add(outcome);
                            }

                            @Override
                            public void planted(Planted one) {
                                planted.add(one);
                            }
                        });
        this.engine = start();
    }

    private Engine start() {
        return harness.start(Pipeline.standard(), reference, clock, findings);
    }

    /** Tells everything, then lets a little time pass so that what is due comes out. */
    public void run() {
        List<Event> call = new ArrayList<>();
        while (simulation.hasNext()) {
            Occurrence occurrence = simulation.next();
            if (!occurrence.told()) {
                continue;
            }
            Instant at = Instant.ofEpochMilli(occurrence.toldMillis());
            while (!at.isBefore(nextTick)) {
                tell(call);
                tick();
            }
            clock.set(at);
            books.enter(occurrence);
            call.addAll(told.of(occurrence));
            if (call.size() >= CALL_EVENTS_MAX) {
                tell(call);
            }
        }
        tell(call);
        while (nextTick.isBefore(end.plus(Duration.ofMinutes(20)))) {
            tick();
        }
        confirm();
        harness.settle(engine);
    }

    private void tell(List<Event> call) {
        if (call.isEmpty()) {
            return;
        }
        List<Event> batch = List.copyOf(call);
        events += batch.size();
        call.clear();
        pending.add(new Call(batch, engine.accept(batch)));
        if (pending.size() >= PENDING_CALLS_MAX) {
            confirm();
        }
    }

    /** Waits for all that was told. */
    private void confirm() {
        while (!pending.isEmpty()) {
            pending.peekFirst().done().join();
            pending.removeFirst();
        }
    }

    private void tick() {
        clock.set(nextTick);
        if (killed < kills && random.nextDouble() < 2 * killAtTick) {
            kill();
        }
        confirm();
        engine.tick(nextTick).join();
        nextTick = nextTick.plus(TICK);
    }

    /** Kills the engine while it may be at work, and tells the next one what got no answer. */
    private void kill() {
        killed++;
        harness.crash();
        engine = start();
        List<Call> again = new ArrayList<>(pending);
        pending.clear();
        for (Call call : again) {
            if (!acknowledged(call)) {
                pending.add(new Call(call.events(), engine.accept(call.events())));
            }
        }
    }

    private static boolean acknowledged(Call call) {
        if (!call.done().isDone()) {
            return false;
        }
        try {
            call.done().join();
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    /** The engine that runs now. */
    public Engine engine() {
        return engine;
    }

    /** What it told the world. */
    public FindingLog findings() {
        return findings;
    }

    /** What must be known. */
    public Books books() {
        return books;
    }

    /** What was made to go wrong. */
    public Set<Planted> planted() {
        return planted;
    }

    /** What is true of each payment, told or not. */
    public List<PaymentOutcome> outcomes() {
        return outcomes;
    }

    /** How the limits stand. */
    public Reference reference() {
        return reference;
    }

    /** What the clock said last. */
    public Instant now() {
        return clock.instant();
    }

    /** How many events were told, without repetitions. */
    public long events() {
        return events;
    }

    /** How often it was killed. */
    public int killed() {
        return killed;
    }

    /** The committed metrics. */
    public MetricSnapshot metrics() {
        return engine.metrics();
    }

    @Override
    public void close() {
        harness.close();
    }
}
