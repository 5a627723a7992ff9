package io.paybeacon.probe;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpProbe;
import io.paybeacon.probe.journal.AsyncJournal;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.Runner;
import io.paybeacon.probe.run.WebhookInbox;
import io.paybeacon.probe.schedule.Scheduler;
import io.paybeacon.probe.schedule.SlotAccount;
import io.paybeacon.probe.schedule.SlotOutcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The probe engine: schedules probes, runs them, and cleans up what they leave. Thread-safe; its
 * own state lives on one event-loop context, runs have contexts of their own.
 *
 * <p>Order of use: {@link #open}, {@link #recover}, {@link #start} or {@link #runOnce}, {@link
 * #close}.
 */
public final class Prober {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private final Vertx vertx;
    private final ProberSettings settings;
    private final Context context;
    private final HttpProbe httpProbe;
    private final AsyncJournal journal;
    private final WebhookInbox inbox = new WebhookInbox();
    private final Runner runner;
    private final Scheduler scheduler;

    /** The probes by name. Only on the context, as the two below. */
    private final Map<String, ProbeTarget> targets = new HashMap<>();

    /** The last thing that each probe does; runs and cleanups of one probe never overlap. */
    private final Map<String, Future<?>> tails = new HashMap<>();

    /** The UTC day on which a probe's budget was found used up. */
    private final Map<String, LocalDate> budgetUsedUpOn = new HashMap<>();

    private Prober(Vertx vertx, ProberSettings settings, AsyncJournal journal) {
        this.vertx = vertx;
        this.settings = settings;
        this.journal = journal;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.httpProbe = new HttpProbe(vertx, settings.nameServer());
        this.runner =
                new Runner(
                        vertx,
                        httpProbe,
                        journal,
                        inbox,
                        settings.clock(),
                        settings.nanos(),
                        settings.random());
        this.scheduler =
                new Scheduler(settings.clock(), settings.nanos(), this::after, new Launches());
    }

    /**
     * Opens the engine. Blocking: it reads the journal.
     *
     * @param vertx built with a {@link io.paybeacon.probe.http.ProbeTransport}
     * @throws IOException if the data directory cannot be used
     */
    public static Prober open(Vertx vertx, ProberSettings settings) throws IOException {
        AsyncJournal journal = AsyncJournal.open(vertx, settings.dataDirectory(), settings.clock());
        return new Prober(vertx, settings, journal);
    }

    /** Where the agent hands in webhooks about probes' payments. */
    public WebhookInbox inbox() {
        return inbox;
    }

    /**
     * Cleans up what runs before a kill, a crash or a failed cleanup have left behind.
     *
     * @param configured the probes of the configuration, by which leftovers find their plan
     */
    public Future<RecoveryReport> recover(List<ProbeTarget> configured) {
        return onContext(() -> {
            configured.forEach(target -> targets.put(target.name(), target));
            return here(journal.openRuns()).compose(this::recoverAll);
        });
    }

    /**
     * Schedules probes. Call it once.
     *
     * @return fails with the problems of the targets, and then nothing is scheduled
     */
    public Future<Void> start(List<ProbeTarget> configured) {
        List<String> problems = new ArrayList<>();
        for (ProbeTarget target : configured) {
            target.problems().forEach(p -> problems.add("Probe " + target.name() + ": " + p));
        }
        if (!problems.isEmpty()) {
            return Future.failedFuture(new IllegalArgumentException(String.join("; ", problems)));
        }
        return onContext(() -> {
            configured.forEach(target -> targets.put(target.name(), target));
            scheduler.start(
                    configured.stream()
                            .map(t -> new Scheduler.Scheduled(t.name(), t.interval()))
                            .toList());
            return Future.succeededFuture();
        });
    }

    /** Runs a probe now, after whatever it is doing. Tells the listener as for a scheduled run. */
    public Future<RunResult> runOnce(ProbeTarget target) {
        Instant askedAt = settings.clock().instant();
        return onContext(() -> {
            targets.put(target.name(), target);
            return inTurn(target.name(), () -> run(target, askedAt));
        });
    }

    /** The runs, not under way, of which money may still be held. */
    public Future<List<OpenRun>> orphans() {
        return journal.openRuns()
                .map(open ->
                        open.stream()
                                .filter(OpenRun::holdsMoney)
                                .filter(run -> !runner.isUnderway(run.run()))
                                .toList());
    }

    /**
     * Ends: no further run starts, runs under way end at their next step and clean up, within a
     * bound. What is not clean by then is in the journal for the next start.
     */
    public Future<Void> close() {
        return onContext(() -> {
            scheduler.shutDown();
            runner.stop();
            Future<?> drained = Future.join(new ArrayList<>(tails.values()));
            return Future.succeededFuture()
                    .compose(_ -> drained.otherwiseEmpty())
                    .timeout(Limits.DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .otherwiseEmpty()
                    .compose(_ -> {
                        scheduler.stop();
                        return httpProbe.close().eventually(journal::close);
                    });
        });
    }

    private Future<RecoveryReport> recoverAll(List<OpenRun> open) {
        List<String> cleaned = new ArrayList<>();
        List<RecoveryReport.Orphan> orphans = new ArrayList<>();
        List<Future<?>> all = new ArrayList<>();
        for (OpenRun run : open) {
            if (runner.isUnderway(run.run())) {
                continue;
            }
            all.add(
                    inTurn(run.probe(), () -> clean(run))
                            .otherwise(thrown -> Optional.of("the cleanup failed: " + thrown))
                            .onSuccess(why ->
                                    why.ifPresentOrElse(
                                            text -> {
                                                orphans.add(orphan(run, text));
                                                if (run.holdsMoney()) {
                                                    tell(ProbeEvents.orphaned(run));
                                                }
                                            },
                                            () -> cleaned.add(run.run()))));
        }
        return Future.join(all).map(_ -> new RecoveryReport(cleaned, orphans, journal.damage()));
    }

    private static RecoveryReport.Orphan orphan(OpenRun run, String why) {
        return new RecoveryReport.Orphan(run.run(), run.probe(), run.gateway(), why);
    }

    /** Cleans up a leftover; empty when it is clean, else why it is not. */
    private Future<Optional<String>> clean(OpenRun run) {
        ProbeTarget target = targets.get(run.probe());
        if (target == null) {
            return Future.succeededFuture(
                    Optional.of("no probe \"%s\" is configured".formatted(run.probe())));
        }
        return here(runner.clean(target, run))
                .map(result -> {
                    if (result.state() == CleanupResult.State.ORPHANED) {
                        return Optional.of("cleanup " + describe(result));
                    }
                    tell(
                            ProbeEvents.settled(
                                    run.gateway(),
                                    run.probe(),
                                    run.run(),
                                    settings.clock().instant()));
                    return Optional.empty();
                });
    }

    private static String describe(CleanupResult result) {
        return result.steps().stream()
                .filter(step -> !step.passed())
                .findFirst()
                .map(step -> {
                    Failure failure = step.failure();
                    return "failed at %s: %s"
                            .formatted(
                                    step.step(), failure == null ? "" : failure.reason().label());
                })
                .orElse("did not release it");
    }

    private Future<RunResult> run(ProbeTarget target, Instant dueAt) {
        return here(runner.run(target, dueAt))
                .compose(result -> {
                    noteBudget(result);
                    tell(ProbeEvents.of(result));
                    tellRun(result);
                    return cleanLeftovers(target, result).map(result);
                });
    }

    private void noteBudget(RunResult result) {
        Failure failure = result.failure();
        if (failure != null && failure.reason() == ProbeReason.BUDGET) {
            budgetUsedUpOn.put(result.probe(), utcDay(settings.clock().instant()));
        }
    }

    /** Tries again what earlier runs of the probe have left, now that the gateway may answer. */
    private Future<Void> cleanLeftovers(ProbeTarget target, RunResult ended) {
        return journal.openRuns()
                .compose(open -> {
                    Future<?> chain = Future.succeededFuture();
                    List<OpenRun> own =
                            open.stream()
                                    .filter(run -> run.probe().equals(target.name()))
                                    .filter(run -> !run.run().equals(ended.runId()))
                                    .limit(Limits.LEFTOVERS_PER_RUN_MAX)
                                    .toList();
                    for (OpenRun run : own) {
                        chain = chain.compose(_ -> clean(run)).otherwiseEmpty();
                    }
                    return chain;
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** Does something for a probe after all that was asked for it before. On the context. */
    private <T> Future<T> inTurn(String probe, Supplier<Future<T>> operation) {
        Future<?> before = tails.getOrDefault(probe, Future.succeededFuture());
        Promise<T> promise = Promise.promise();
        before.onComplete(_ -> onContext(operation).onComplete(promise));
        Future<T> result = promise.future();
        tails.put(probe, result);
        return result;
    }

    private <T> Future<T> onContext(Supplier<Future<T>> operation) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(
                _ -> Future.succeededFuture().compose(_ -> operation.get()).onComplete(promise));
        return promise.future();
    }

    /** The same future, with what follows it on the context. */
    private <T> Future<T> here(Future<T> elsewhere) {
        Promise<T> promise = ((ContextInternal) context).promise();
        elsewhere.onComplete(promise);
        return promise.future();
    }

    private Runnable after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            context.runOnContext(_ -> task.run());
            return () -> {};
        }
        // Set from the context, so that the task runs on it. One more millisecond: never early.
        long timer = vertx.setTimer(delay.toMillis() + 1, _ -> task.run());
        return () -> vertx.cancelTimer(timer);
    }

    private void tell(ProbeEvent event) {
        try {
            settings.listener().onEvent(event);
        } catch (RuntimeException e) {
            LOG.error("A probe event was not taken", e);
        }
    }

    private void tellRun(RunResult result) {
        try {
            settings.listener().onRun(result);
        } catch (RuntimeException e) {
            LOG.error("A probe result was not taken", e);
        }
    }

    private static LocalDate utcDay(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** What the scheduler asks for. On the context. */
    private final class Launches implements Scheduler.Launcher {

        @Override
        public Optional<SlotOutcome> refuses(String probe, Instant dueAt) {
            if (settings.maintenance().test(probe, dueAt)) {
                return Optional.of(SlotOutcome.SKIPPED_MAINTENANCE);
            }
            return utcDay(dueAt).equals(budgetUsedUpOn.get(probe))
                    ? Optional.of(SlotOutcome.SKIPPED_BUDGET)
                    : Optional.empty();
        }

        @Override
        public void launch(String probe, Instant dueAt, Runnable finished) {
            Optional.ofNullable(targets.get(probe))
                    .ifPresent(target ->
                            inTurn(probe, () -> run(target, dueAt))
                                    .onFailure(e -> LOG.error("Probe {} failed", probe, e))
                                    .onComplete(_ -> context.runOnContext(_ -> finished.run())));
        }

        @Override
        public void accounted(SlotAccount account) {
            ProbeTarget target = targets.get(account.probe());
            if (target != null) {
                ProbeEvents.of(account, target.gateway()).forEach(Prober.this::tell);
            }
            if (account.count() > Limits.MISSED_SLOTS_REPORTED_MAX) {
                LOG.warn("Probe {} missed {} slots", account.probe(), account.count());
            }
        }
    }
}
