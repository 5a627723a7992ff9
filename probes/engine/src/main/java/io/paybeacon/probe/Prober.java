package io.paybeacon.probe;

import io.paybeacon.probe.health.AgentHealth;
import io.paybeacon.probe.http.Dialer;
import io.paybeacon.probe.http.WarmUp;
import io.paybeacon.probe.journal.AsyncJournal;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.pace.Pacing;
import io.paybeacon.probe.pace.RunRoom;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.Runner;
import io.paybeacon.probe.run.WebhookInbox;
import io.paybeacon.probe.schedule.Scheduler;
import io.paybeacon.probe.schedule.SlotAccount;
import io.paybeacon.probe.schedule.SlotOutcome;
import io.paybeacon.probe.wire.WireProbes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The probe engine: schedules probes, runs them, and cleans up what they leave. Thread-safe; its
 * own state lives on one event-loop context, runs have contexts of their own.
 *
 * <p>Order of use: {@link #open}, {@link #warmUp}, {@link #recover}, {@link #apply} or {@link
 * #runOnce}, {@link #close}. {@link #apply} may be called again at any time, to reload.
 */
public final class Prober {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private final Vertx vertx;
    private final ProberSettings settings;
    private final EngineContext context;
    private final WireProbes probes;
    private final AsyncJournal journal;
    private final WebhookInbox inbox = new WebhookInbox();
    private final AgentHealth health;
    private final Pacing pacing;
    private final Runner runner;
    private final ProbeRoster roster = new ProbeRoster();
    private final ProbeSequence sequence;
    private final Reports reports;
    private final Leftovers leftovers;
    private final ProbeRuns runs;
    private final Scheduler scheduler;

    /** Room for runs by gateway. Only on the context, as the three below. */
    private final Map<String, RunRoom> rooms = new HashMap<>();

    private @Nullable Runnable cancelSweep;
    private Future<Void> warm = Future.succeededFuture();
    private boolean closing;

    private Prober(Vertx vertx, ProberSettings settings, AsyncJournal journal) {
        this.vertx = vertx;
        this.settings = settings;
        this.journal = journal;
        this.context = new EngineContext(vertx);
        this.probes = WireProbes.over(new Dialer(vertx, settings.nameServer()));
        this.health =
                new AgentHealth(
                        vertx,
                        settings.health(),
                        settings.clock(),
                        settings.nanos(),
                        settings.healthListener(),
                        probes);
        this.pacing = new Pacing(settings.nanos(), new EngineContext(vertx));
        this.reports = new Reports(settings.listener());
        this.runner =
                new Runner(
                        vertx,
                        probes,
                        journal,
                        inbox,
                        pacing,
                        health,
                        settings.clock(),
                        settings.nanos(),
                        settings.random(),
                        settings.secrets(),
                        reports::tell);
        this.sequence = new ProbeSequence(context);
        this.leftovers =
                new Leftovers(
                        context, journal, runner, roster, sequence, reports, settings.clock());
        this.runs =
                new ProbeRuns(
                        context,
                        runner,
                        journal,
                        pacing,
                        roster,
                        leftovers,
                        reports,
                        settings.clock());
        this.scheduler = new Scheduler(settings.clock(), settings.nanos(), context, new Launches());
    }

    /**
     * Opens the engine. Blocking: it reads the journal.
     *
     * @param vertx without a native transport, whose channels an attempt could not stamp
     * @throws IOException if the data directory cannot be used
     */
    public static Prober open(Vertx vertx, ProberSettings settings) throws IOException {
        AsyncJournal journal = AsyncJournal.open(vertx, settings.dataDirectory(), settings.clock());
        return new Prober(vertx, settings, journal);
    }

    /**
     * Loads and compiles what attempts need, against a server of its own, so that the first samples
     * are true. Runs that are asked for meanwhile begin afterwards; that takes seconds at most.
     * What the event loops suffer from it is no illness of the agent.
     *
     * @return never fails
     */
    public Future<Void> warmUp() {
        return context.on(() -> {
            warm = context.here(WarmUp.run(vertx, probes.dialer()).<Void>mapEmpty());
            return warm;
        });
    }

    /** Does something once the engine is warm, and the health of the agent is watched. */
    private <T> Future<T> whenWarm(Supplier<Future<T>> operation) {
        return context.on(() ->
                warm.compose(_ -> {
                    if (closing) {
                        return Future.failedFuture(
                                new IllegalStateException("The engine is closing"));
                    }
                    health.begin();
                    return operation.get();
                }));
    }

    /** Where the agent hands in webhooks about probes' payments. */
    public WebhookInbox inbox() {
        return inbox;
    }

    /** How the agent itself is. */
    public AgentHealth health() {
        return health;
    }

    /**
     * Cleans up what runs before a kill, a crash or a failed cleanup have left behind.
     *
     * @param configured the probes of the configuration, by which leftovers find their plan
     */
    public Future<RecoveryReport> recover(List<ProbeTarget> configured) {
        return context.on(() -> {
            configured.forEach(roster::know);
            return leftovers.recover();
        });
    }

    /**
     * Schedules these probes and no other. The first call starts, later ones reload.
     *
     * <ul>
     *   <li>A probe about which nothing changed takes no notice: due times, slots and a run under
     *       way stay.
     *   <li>A run under way of a changed or removed probe ends and cleans up with the target that
     *       it began with. A changed probe keeps its due times unless its interval is another one.
     * </ul>
     *
     * @return what changed; fails with the problems of the set, and then nothing is changed
     */
    public Future<Applied> apply(ProbeSet set) {
        List<String> problems = set.problems();
        if (!problems.isEmpty()) {
            return Future.failedFuture(new IllegalArgumentException(String.join("; ", problems)));
        }
        return whenWarm(() -> {
            // First the schedule: a slot that is due now is still one of the old probes.
            scheduler.apply(
                    set.probes().stream()
                            .map(t -> new Scheduler.Scheduled(t.name(), t.gateway(), t.interval()))
                            .toList());
            Applied applied = roster.apply(set.probes());
            applied.changed().forEach(runs::forgetBudget);
            applied.removed().forEach(runs::forgetBudget);
            pacing.change(set.paces());
            pacing.retain(roster.gateways());
            for (String gateway : List.copyOf(rooms.keySet())) {
                room(gateway).change(pacing.pace(gateway).concurrentRunsMax());
                scheduler.roomFreed(gateway);
            }
            if (cancelSweep == null) {
                sweepLater();
            }
            if (!applied.removed().isEmpty() || !applied.changed().isEmpty()) {
                // Probes that no longer run; and a new key may open what an old one could not.
                leftovers.sweep();
            }
            return Future.succeededFuture(applied);
        });
    }

    /** Runs a probe now, after whatever it is doing. Tells the listener as for a scheduled run. */
    public Future<RunResult> runOnce(ProbeTarget target) {
        Instant askedAt = settings.clock().instant();
        return whenWarm(() -> {
            if (!roster.scheduled(target.name()).filter(target::equals).isPresent()) {
                roster.know(target);
            }
            // Room first, then its turn: who has its turn never waits for room.
            return context.here(room(target.gateway()).awaitPlace())
                    .compose(_ ->
                            sequence.inTurn(target.name(), () -> runs.run(target, askedAt, false))
                                    .onComplete(_ -> context.run(() -> leave(target.gateway()))));
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
     * Makes runs under way end at their next step and clean up, and begins no further one. What
     * waits for its result still gets it; {@link #close} is to follow.
     */
    public void stop() {
        context.run(this::endRuns);
    }

    private void endRuns() {
        closing = true;
        if (cancelSweep != null) {
            cancelSweep.run();
        }
        scheduler.shutDown();
        runs.stop();
        runner.stop();
        pacing.stopFlow();
    }

    /**
     * Ends: no further run starts, runs under way end at their next step and clean up, within a
     * bound. Waits for webhooks and for the pace of a gateway end at once. What is not clean by
     * then is in the journal for the next start.
     */
    public Future<Void> close() {
        return context.on(() -> {
            endRuns();
            return context.here(bounded(sequence.drained()))
                    .compose(_ -> {
                        scheduler.stop();
                        // Certificates are made on a worker, which would find no event loop.
                        return context.here(bounded(warm));
                    })
                    .compose(_ ->
                            health.close()
                                    .onComplete(_ -> probes.dialer().close())
                                    .eventually(journal::close));
        });
    }

    private static <T> Future<T> bounded(Future<T> last) {
        return last.timeout(Limits.DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private void sweepLater() {
        cancelSweep =
                context.after(
                        Limits.LEFTOVER_RETRY,
                        () ->
                                leftovers
                                        .sweep()
                                        .onComplete(_ -> {
                                            if (!closing) {
                                                sweepLater();
                                            }
                                        }));
    }

    private RunRoom room(String gateway) {
        return rooms.computeIfAbsent(
                gateway, name -> new RunRoom(pacing.pace(name).concurrentRunsMax()));
    }

    private void leave(String gateway) {
        room(gateway).leave();
        scheduler.roomFreed(gateway);
    }

    /** What the scheduler asks for. On the context. */
    private final class Launches implements Scheduler.Launcher {

        @Override
        public Optional<SlotOutcome> refuses(String probe, Instant dueAt) {
            if (roster.scheduled(probe).filter(t -> t.policy().inMaintenance(dueAt)).isPresent()) {
                return Optional.of(SlotOutcome.SKIPPED_MAINTENANCE);
            }
            return runs.isBudgetUsedUp(probe, dueAt)
                    ? Optional.of(SlotOutcome.SKIPPED_BUDGET)
                    : Optional.empty();
        }

        @Override
        public boolean hasRoom(String gateway) {
            return room(gateway).isFree();
        }

        @Override
        public void launch(String probe, Instant dueAt, Runnable finished) {
            ProbeTarget target = roster.scheduled(probe).orElseThrow();
            room(target.gateway()).enter();
            Supplier<Future<RunResult>> run = () -> runs.run(target, dueAt, true);
            sequence.inTurn(probe, run)
                    .onFailure(e -> LOG.error("Probe {} failed", probe, e))
                    .onComplete(_ ->
                            context.run(() -> {
                                room(target.gateway()).leave();
                                finished.run();
                            }));
        }

        @Override
        public void accounted(SlotAccount account) {
            reports.tell(ProbeEvents.of(account));
            if (account.outcome() == SlotOutcome.MISSED) {
                LOG.warn("Probe {} missed {} slots", account.probe(), account.count());
            }
        }
    }
}
