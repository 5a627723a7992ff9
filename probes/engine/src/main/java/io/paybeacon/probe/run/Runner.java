package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpProbe;
import io.paybeacon.probe.journal.AsyncJournal;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
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
    private final Cleanup cleanup;
    private final Set<String> underway = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * A runner.
     *
     * @param probe sends the requests; made with the same Vertx
     * @param clock agent's wall clock
     * @param nanos monotonic clock in nanoseconds
     * @param random source of run ids, trace ids and idempotency keys; unpredictable in production
     */
    public Runner(
            Vertx vertx,
            HttpProbe probe,
            AsyncJournal journal,
            WebhookInbox inbox,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random) {
        this.vertx = (VertxInternal) vertx;
        this.clock = clock;
        this.nanos = nanos;
        this.ids = new RunIds(random);
        this.inbox = inbox;
        MoneyGate gate = new MoneyGate(journal, clock);
        this.httpSteps = new HttpSteps(probe, gate);
        this.cleanup = new Cleanup(httpSteps, gate);
    }

    /**
     * Executes one run. The future fails only on a defect of the agent.
     *
     * @param dueAt when it was due, by the agent's wall clock
     */
    public Future<RunResult> run(ProbeTarget target, Instant dueAt) {
        List<String> problems = target.problems();
        if (!problems.isEmpty()) {
            return Future.failedFuture(
                    new IllegalArgumentException(
                            "Probe " + target.name() + ": " + String.join("; ", problems)));
        }
        return onContext(context -> fly(context, target, dueAt));
    }

    /**
     * Cleans up a run of the past.
     *
     * @param target the probe that made it, as it is configured now
     */
    public Future<CleanupResult> clean(ProbeTarget target, OpenRun open) {
        return onContext(context -> cleanup.run(Flight.resume(target, context, ids, nanos, open)));
    }

    /** Makes runs under way end at their next step; their cleanup still takes place. */
    public void stop() {
        stopping = true;
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

    private Future<RunResult> fly(ContextInternal context, ProbeTarget target, Instant dueAt) {
        Instant startedAt = clock.instant();
        Flight flight = Flight.begin(target, context, ids, nanos);
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
                    return cleanup.run(flight)
                            .recover(thrown -> orphaned(flight, thrown))
                            .map(cleaned ->
                                    result(
                                            flight, dueAt, startedAt, duration, failed, results,
                                            cleaned));
                })
                .onComplete(_ -> {
                    inbox.close(flight.run());
                    underway.remove(flight.run());
                });
    }

    private Future<Optional<StepResult>> step(Flight flight, int index, List<StepResult> results) {
        Plan plan = flight.target().plan();
        if (index == plan.steps().size()) {
            return Future.succeededFuture(Optional.empty());
        }
        Step step = plan.steps().get(index);
        Duration left = plan.timeout().minusNanos(flight.offset());
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
            return notStarted(flight, step, ProbeReason.AGENT_FAULT, "the agent is shutting down");
        }
        if (left.toMillis() < 1) {
            return notStarted(
                    flight,
                    step,
                    ProbeReason.PLAN_TIMEOUT,
                    "the plan's time was up before the step began");
        }
        Duration deadline = step.timeout().compareTo(left) < 0 ? step.timeout() : left;
        return switch (step) {
            case Step.Http http -> httpSteps.flow(flight, http, deadline);
            case Step.WebhookArrives wait -> await(flight, wait, deadline);
            case Step.Replay replay ->
                    throw new IllegalStateException(
                            "A plan with a replay in its flow was accepted: " + replay.name());
        };
    }

    private static Future<StepResult> notStarted(
            Flight flight, Step step, ProbeReason reason, String detail) {
        flight.note("step %s not started: %s".formatted(step.name(), detail));
        return Future.succeededFuture(
                new StepResult(
                        step.name(),
                        new Failure(reason, detail),
                        flight.offset(),
                        0,
                        false,
                        List.of()));
    }

    private Future<StepResult> await(Flight flight, Step.WebhookArrives wait, Duration deadline) {
        long offset = flight.offset();
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
                    return new StepResult(
                            wait.name(),
                            came ? null : missing(wait, deadline),
                            offset,
                            flight.offset() - offset,
                            true,
                            List.of());
                });
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
        Failure failure =
                flight.redacted(new Failure(ProbeReason.AGENT_FAULT, "a defect: " + thrown));
        StepResult result = new StepResult(name, failure, flight.offset(), 0, false, List.of());
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
                flight.traceId(),
                dueAt,
                startedAt,
                durationNanos,
                lateNanos + durationNanos,
                last == null ? null : last.step(),
                last == null ? null : last.failure(),
                results,
                cleaned,
                flight.log().lines());
    }
}
