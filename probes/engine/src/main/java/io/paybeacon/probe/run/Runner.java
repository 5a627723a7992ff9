package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.health.AgentHealth;
import io.paybeacon.probe.health.Illness;
import io.paybeacon.probe.journal.AsyncJournal;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.pace.Pacing;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepBegun;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.secret.KnownSecrets;
import io.paybeacon.probe.wire.WireProbes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Executes runs: steps in order until the first failure, then the cleanup, always. Each run has an
 * event-loop context of its own, so that runs do not wait for each other. Thread-safe.
 */
public final class Runner {

    private final VertxInternal vertx;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final RunIds ids;
    private final WebhookInbox inbox;
    private final HttpSteps httpSteps;
    private final NetworkSteps networkSteps;
    private final Cleanup cleanup;
    private final AgentHealth health;
    private final KnownSecrets secrets;
    private final Consumer<StepBegun> steps;
    private final Set<String> underway = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * A runner.
     *
     * @param probes send the attempts; made with the same Vertx
     * @param pacing holds back attempts to what each gateway allows
     * @param health says what is the agent's own fault
     * @param clock agent's wall clock
     * @param nanos monotonic clock in nanoseconds
     * @param random source of run ids, trace ids and idempotency keys; unpredictable in production
     * @param secrets what no text of a run may show, beside the secrets of its own target
     * @param steps hears of each step before it is executed, on event loops: it must not block
     */
    public Runner(
            Vertx vertx,
            WireProbes probes,
            AsyncJournal journal,
            WebhookInbox inbox,
            Pacing pacing,
            AgentHealth health,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random,
            KnownSecrets secrets,
            Consumer<StepBegun> steps) {
        this.vertx = (VertxInternal) vertx;
        this.clock = clock;
        this.nanos = nanos;
        this.ids = new RunIds(random);
        this.inbox = inbox;
        this.health = health;
        this.secrets = secrets;
        this.steps = steps;
        MoneyGate gate = new MoneyGate(journal, clock);
        AttemptSender sender = new AttemptSender(pacing);
        HttpSender httpSender = new HttpSender(sender, probes.http());
        this.httpSteps = new HttpSteps(httpSender, new Tokens(httpSender, nanos), gate, clock);
        this.networkSteps = new NetworkSteps(sender, probes, clock);
        this.cleanup = new Cleanup(httpSteps, gate, steps);
    }

    /**
     * Executes one run. The future fails only on a defect of the agent.
     *
     * @param dueAt when it was due, by the agent's wall clock
     * @param confirmation whether it only repeats a run that has failed
     */
    public Future<RunResult> run(ProbeTarget target, Instant dueAt, boolean confirmation) {
        List<String> problems = target.problems();
        if (!problems.isEmpty()) {
            return Future.failedFuture(
                    new IllegalArgumentException(
                            "Probe " + target.name() + ": " + String.join("; ", problems)));
        }
        return onContext(context -> fly(context, target, dueAt, confirmation));
    }

    /**
     * Cleans up a run of the past.
     *
     * @param target the probe that made it, as it is configured now
     */
    public Future<CleanupResult> clean(ProbeTarget target, OpenRun open) {
        return onContext(context -> {
            Flight flight = Flight.resume(target, context, ids, nanos, secrets.redactor(), open);
            return cleanup.run(flight).onComplete(_ -> flight.close());
        });
    }

    /**
     * Makes runs under way end at their next step, and waits for webhooks at once. Their cleanup
     * still takes place.
     */
    public void stop() {
        stopping = true;
        inbox.interrupt();
    }

    /** Whether a run is under way, so that what the journal says of it is not a leftover. */
    public boolean isUnderway(String run) {
        return underway.contains(run);
    }

    private interface Operation<T> {
        Future<T> on(ContextInternal context);
    }

    private <T> Future<T> onContext(Operation<T> operation) {
        ContextInternal context = vertx.createEventLoopContext();
        Promise<T> promise = context.promise();
        context.runOnContext(_ -> {
            try {
                operation.on(context).onComplete(promise);
            } catch (RuntimeException e) {
                promise.tryFail(e);
            }
        });
        return promise.future();
    }

    private Future<RunResult> fly(
            ContextInternal context, ProbeTarget target, Instant dueAt, boolean confirmation) {
        Instant startedAt = clock.instant();
        Flight flight = Flight.begin(target, context, ids, nanos, secrets.redactor(), confirmation);
        flight.note(
                "run %s of probe %s, plan %s"
                        .formatted(flight.run(), target.name(), target.plan().name()));
        inbox.open(target.gateway(), flight.run());
        underway.add(flight.run());
        List<StepResult> results = new ArrayList<>();
        return Future.succeededFuture()
                .compose(_ -> step(flight, 0, results))
                .recover(thrown -> Future.succeededFuture(defect(flight, results, thrown)))
                .compose(failed -> {
                    long duration = flight.offset();
                    Future<Optional<Illness>> illness = illness(flight, failed, duration);
                    flight.twins().forEach(twin -> underway.add(twin.run()));
                    return cleanup.run(flight)
                            .recover(thrown -> orphaned(flight, thrown))
                            .compose(cleaned ->
                                    illness.map(ill ->
                                            result(
                                                    flight,
                                                    dueAt,
                                                    startedAt,
                                                    duration,
                                                    excused(flight, failed, results, ill),
                                                    results,
                                                    cleaned)));
                })
                .onComplete(_ -> {
                    flight.close();
                    inbox.close(flight.run());
                    underway.remove(flight.run());
                    flight.twins().forEach(twin -> underway.remove(twin.run()));
                });
    }

    /** What spoils the run: of a failure anything, of a pass what spoils its latency. */
    private Future<Optional<Illness>> illness(
            Flight flight, Optional<StepResult> failed, long duration) {
        long from = flight.startNanos();
        long to = from + duration;
        if (failed.isEmpty()) {
            return Future.succeededFuture(health.spoiled(from, to));
        }
        Failure failure = failed.get().failure();
        if (failure == null || failure.ofAgent()) {
            return Future.succeededFuture(Optional.empty());
        }
        Promise<Optional<Illness>> here = flight.context().promise();
        health.explain(from, to).onComplete(here);
        return here.future();
    }

    /** The step at which the run stopped, once an illness of the agent is taken into account. */
    private static Optional<StepResult> excused(
            Flight flight,
            Optional<StepResult> failed,
            List<StepResult> results,
            Optional<Illness> illness) {
        if (illness.isEmpty() || results.isEmpty()) {
            return failed;
        }
        StepResult last = results.getLast();
        Failure seen = last.failure();
        String detail =
                seen == null
                        ? illness.get().toString()
                        : "%s; it saw %s: %s"
                                .formatted(illness.get(), seen.reason().label(), seen.detail());
        Failure fault = flight.redacted(new Failure(ProbeReason.AGENT_FAULT, detail));
        flight.note("the run does not count: " + fault.detail());
        StepResult excused = last.failed(fault);
        results.set(results.size() - 1, excused);
        return Optional.of(excused);
    }

    private Future<Optional<StepResult>> step(Flight flight, int index, List<StepResult> results) {
        Plan plan = flight.target().plan();
        if (index == plan.steps().size()) {
            return Future.succeededFuture(Optional.empty());
        }
        Step step = plan.steps().get(index);
        Duration left = plan.timeout().minusNanos(flight.workedNanos());
        steps.accept(
                new StepBegun(
                        flight.target().name(),
                        flight.run(),
                        step.name(),
                        false,
                        index + 1,
                        plan.steps().size()));
        return execute(flight, step, left)
                .compose(result -> {
                    results.add(result);
                    return result.passed()
                            ? step(flight, index + 1, results)
                            : Future.succeededFuture(Optional.of(result));
                });
    }

    private Future<StepResult> execute(Flight flight, Step step, Duration left) {
        if (stopping) {
            Failure fault = shuttingDown();
            return notStarted(flight, step, fault.reason(), fault.detail());
        }
        if (left.toMillis() < 1) {
            return notStarted(
                    flight,
                    step,
                    ProbeReason.PLAN_TIMEOUT,
                    "the plan's time was up before the step began");
        }
        return step.timeout().compareTo(left) <= 0
                ? within(flight, step, step.timeout())
                : within(flight, step, left).map(result -> ofPlan(flight, result));
    }

    private Future<StepResult> within(Flight flight, Step step, Duration deadline) {
        return switch (step) {
            case Step.Http http -> httpSteps.flow(flight, http, deadline);
            case Step.Tcp tcp -> networkSteps.tcp(flight, tcp, deadline);
            case Step.Tls tls -> networkSteps.tls(flight, tls, deadline);
            case Step.Dns dns -> networkSteps.dns(flight, dns, deadline);
            case Step.GrpcHealth grpc -> networkSteps.grpcHealth(flight, grpc, deadline);
            case Step.WebhookArrives wait -> await(flight, wait, deadline);
            case Step.Replay replay ->
                    throw new IllegalStateException(
                            "A plan with a replay in its flow was accepted: " + replay.name());
        };
    }

    /**
     * A wait that the plan's time cut short is the step's own when the step used up most of that
     * time, and the plan's when the steps before it did.
     */
    private static StepResult ofPlan(Flight flight, StepResult result) {
        Failure failure = result.failure();
        Duration whole = flight.target().plan().timeout();
        if (failure == null || result.durationNanos() >= whole.toNanos() / 2) {
            return result;
        }
        return switch (failure.reason()) {
            case CONNECT_TIMEOUT, TLS_TIMEOUT, TTFB_TIMEOUT, BODY_TIMEOUT, WEBHOOK_MISSING -> {
                String detail =
                        "the plan's %d ms were up %d ms after the start of this step: %s"
                                .formatted(
                                        whole.toMillis(),
                                        result.durationNanos() / 1_000_000,
                                        failure.detail());
                flight.note("%s: %s".formatted(ProbeReason.PLAN_TIMEOUT.label(), detail));
                yield result.failed(new Failure(ProbeReason.PLAN_TIMEOUT, detail));
            }
            default -> result;
        };
    }

    private static Future<StepResult> notStarted(
            Flight flight, Step step, ProbeReason reason, String detail) {
        long offset = flight.beginStep();
        return Future.succeededFuture(
                flight.endStep(step.name(), offset, new Failure(reason, detail), List.of()));
    }

    private Future<StepResult> await(Flight flight, Step.WebhookArrives wait, Duration deadline) {
        long offset = flight.beginStep();
        Promise<Boolean> arrived = flight.context().promise();
        inbox.await(flight.run(), wait.eventType())
                .onComplete(arrival -> arrived.tryComplete(arrival.succeeded()));
        long timer =
                vertx.setTimer(Math.max(1, deadline.toMillis()), _ -> arrived.tryComplete(false));
        return arrived.future()
                .map(came -> {
                    vertx.cancelTimer(timer);
                    flight.note(
                            "webhook %s %s"
                                    .formatted(wait.eventType(), came ? "arrived" : "missing"));
                    return flight.endStep(
                            wait.name(),
                            offset,
                            came ? null : stopping ? shuttingDown() : missing(wait, deadline),
                            true,
                            List.of());
                });
    }

    private static Failure shuttingDown() {
        return new Failure(ProbeReason.AGENT_FAULT, "the agent is shutting down");
    }

    private static Failure missing(Step.WebhookArrives wait, Duration deadline) {
        return new Failure(
                ProbeReason.WEBHOOK_MISSING,
                "no %s within %d ms".formatted(wait.eventType(), deadline.toMillis()));
    }

    private static Optional<StepResult> defect(
            Flight flight, List<StepResult> results, Throwable thrown) {
        int index = results.size();
        String name = flight.target().plan().steps().get(index).name();
        Failure failure = new Failure(ProbeReason.AGENT_FAULT, "a defect: " + thrown);
        StepResult result = flight.endStep(name, flight.offset(), failure, List.of());
        results.add(result);
        return Optional.of(result);
    }

    private static Future<CleanupResult> orphaned(Flight flight, Throwable thrown) {
        flight.note("the cleanup failed: " + thrown);
        CleanupResult.State state =
                flight.holdsMoney() ? CleanupResult.State.ORPHANED : CleanupResult.State.NOT_NEEDED;
        return Future.succeededFuture(new CleanupResult(state, List.of()));
    }

    private static RunResult result(
            Flight flight,
            Instant dueAt,
            Instant startedAt,
            long durationNanos,
            Optional<StepResult> failed,
            List<StepResult> results,
            CleanupResult cleaned) {
        ProbeTarget target = flight.target();
        @Nullable StepResult last = failed.orElse(null);
        long lateNanos = Math.max(0, Duration.between(dueAt, startedAt).toNanos());
        return new RunResult(
                flight.run(),
                target.name(),
                target.plan().name(),
                target.gateway(),
                target.plan().mode() == Plan.Mode.LIVE,
                flight.confirmation(),
                flight.trace().traceId(),
                dueAt,
                startedAt,
                durationNanos,
                lateNanos + durationNanos,
                last == null ? null : last.step(),
                last == null ? null : last.failure(),
                results,
                cleaned,
                flight.endTrace(last == null ? null : last.failure(), cleaned.state()),
                flight.log().lines());
    }
}
