package io.paybeacon.probe.health;

import io.netty.util.concurrent.EventExecutor;
import io.paybeacon.probe.schedule.Timer;
import io.paybeacon.probe.wire.WireProbes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Watches the agent itself, so that its own troubles are not booked as a gateway's. Thread-safe.
 *
 * <p>Canaries tell about the network, a thread of its own about pauses and the wall clock, a timer
 * on each event loop about its lag.
 */
public final class AgentHealth {

    private static final Set<HealthCheck> ALL = Set.of(HealthCheck.values());
    private static final Set<HealthCheck> PAUSE = Set.of(HealthCheck.PAUSE);
    private static final Set<HealthCheck> EVENT_LOOP = Set.of(HealthCheck.EVENT_LOOP);

    private final ContextInternal context;
    private final HealthBook book;
    private final PauseWatch pauses;
    private final List<LoopWatch> loops = new ArrayList<>();
    private final CanaryRounds rounds;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean watching;
    private volatile boolean stopped;

    /**
     * Watches nothing yet.
     *
     * @param clock agent's wall clock
     * @param nanos monotonic clock in nanoseconds
     * @param probes ask the canaries
     */
    public AgentHealth(
            Vertx vertx,
            HealthSettings settings,
            InstantSource clock,
            LongSupplier nanos,
            HealthListener listener,
            WireProbes probes) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        HealthListener guarded = new GuardedListener(listener);
        this.book = new HealthBook(clock, nanos, settings, guarded);
        this.pauses = new PauseWatch(clock, nanos, settings, book);
        CanaryProbe canaries = new WireCanaries(context, probes, settings.canaryTimeout());
        Timer timer =
                (delay, task) -> {
                    long id = context.setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
                    return () -> vertx.cancelTimer(id);
                };
        this.rounds = new CanaryRounds(settings, nanos, timer, canaries, book, this::tainted);
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            loops.add(new LoopWatch(loop, nanos, settings, guarded, book, pauses));
        }
    }

    /**
     * Begins to watch; a second call does nothing. What came before, such as the start of the
     * process, is no illness.
     */
    public void begin() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        pauses.begin();
        Thread.ofPlatform().daemon().name("paybeacon-pause-watch").start(this::tickUntilStopped);
        loops.forEach(LoopWatch::start);
        context.runOnContext(_ -> rounds.start());
        watching = true;
    }

    private void tickUntilStopped() {
        while (!stopped) {
            LockSupport.parkNanos(this, PauseWatch.PERIOD.toNanos());
            pauses.tick();
        }
    }

    /** How each check stands. */
    public List<HealthState> states() {
        return book.states();
    }

    /**
     * Whether what took place in that span of the monotonic clock has no true latency, for the
     * process or an event loop stood still meanwhile.
     */
    public boolean tainted(long fromNanos, long toNanos) {
        return spoiled(fromNanos, toNanos).isPresent();
    }

    /** The illness that spoils latencies taken in that span of the monotonic clock. */
    public Optional<Illness> spoiled(long fromNanos, long toNanos) {
        if (!watching) {
            return Optional.empty();
        }
        // In the order in which it is written: a watch books a span before it forgets its last
        // tick,
        // so that what is not unnoticed any more is in the book already.
        return pauses.unnoticed(fromNanos)
                .or(() -> book.illness(PAUSE, fromNanos, toNanos))
                .or(() ->
                        loops.stream()
                                .map(loop -> loop.unnoticed(fromNanos))
                                .flatMap(Optional::stream)
                                .findFirst())
                .or(() -> book.illness(EVENT_LOOP, fromNanos, toNanos));
    }

    /**
     * Finds out whether a failure in that span of the monotonic clock may be the agent's own. Asks
     * the canaries once more when it has to, so it takes as long as their timeout at most.
     *
     * @return never fails; completes on any thread
     */
    public Future<Optional<Illness>> explain(long fromNanos, long toNanos) {
        Optional<Illness> known = known(fromNanos, toNanos);
        if (known.isPresent()) {
            return Future.succeededFuture(known);
        }
        Promise<Optional<Illness>> promise = Promise.promise();
        context.runOnContext(_ ->
                rounds.roundSince(toNanos)
                        .onComplete(_ -> promise.complete(known(fromNanos, toNanos))));
        return promise.future();
    }

    private Optional<Illness> known(long fromNanos, long toNanos) {
        return spoiled(fromNanos, toNanos).or(() -> book.illness(ALL, fromNanos, toNanos));
    }

    /** Stops watching. */
    public Future<Void> close() {
        stopped = true;
        loops.forEach(LoopWatch::stop);
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> {
            rounds.stop();
            done.complete();
        });
        return done.future();
    }
}
