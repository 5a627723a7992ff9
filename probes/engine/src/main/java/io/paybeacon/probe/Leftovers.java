package io.paybeacon.probe;

import io.paybeacon.probe.journal.AsyncJournal;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.Runner;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cleans up what runs have left behind: at the start, after a later run of the same probe, and now
 * and then for probes that do not run. Everything is called on the engine's context.
 */
final class Leftovers {

    private final EngineContext context;
    private final AsyncJournal journal;
    private final Runner runner;
    private final ProbeRoster roster;
    private final ProbeSequence sequence;
    private final Reports reports;
    private final InstantSource clock;

    Leftovers(
            EngineContext context,
            AsyncJournal journal,
            Runner runner,
            ProbeRoster roster,
            ProbeSequence sequence,
            Reports reports,
            InstantSource clock) {
        this.context = context;
        this.journal = journal;
        this.runner = runner;
        this.roster = roster;
        this.sequence = sequence;
        this.reports = reports;
        this.clock = clock;
    }

    /** Tries each leftover once. */
    Future<RecoveryReport> recover() {
        return context.here(journal.openRuns()).compose(this::recover);
    }

    private Future<RecoveryReport> recover(List<OpenRun> open) {
        List<String> cleaned = new ArrayList<>();
        List<RecoveryReport.Orphan> orphans = new ArrayList<>();
        List<Future<?>> all = new ArrayList<>();
        for (OpenRun run : open) {
            if (runner.isUnderway(run.run())) {
                continue;
            }
            all.add(
                    sequence.inTurn(run.probe(), () -> clean(run))
                            .otherwise(thrown -> Optional.of("the cleanup failed: " + thrown))
                            .onSuccess(why ->
                                    why.ifPresentOrElse(
                                            text -> {
                                                orphans.add(orphan(run, text));
                                                if (run.holdsMoney()) {
                                                    reports.tell(ProbeEvents.orphaned(run));
                                                }
                                            },
                                            () -> cleaned.add(run.run()))));
        }
        return context.here(Future.join(all))
                .otherwiseEmpty()
                .map(_ -> new RecoveryReport(cleaned, orphans, journal.damage()));
    }

    private static RecoveryReport.Orphan orphan(OpenRun run, String why) {
        return new RecoveryReport.Orphan(run.run(), run.probe(), run.gateway(), why);
    }

    /** Tries again what earlier runs of a probe have left, now that the gateway may answer. */
    Future<Void> cleanAfter(String endedRun, ProbeTarget target) {
        return context.here(journal.openRuns())
                .compose(open -> {
                    Future<?> chain = Future.succeededFuture();
                    List<OpenRun> own =
                            open.stream()
                                    .filter(run -> run.probe().equals(target.name()))
                                    .filter(run -> !run.run().equals(endedRun))
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

    /** Tries what idle probes have left: removed ones, and ones whose budget is used up. */
    Future<Void> sweep() {
        return context.here(journal.openRuns())
                .compose(open -> {
                    List<Future<?>> all = new ArrayList<>();
                    open.stream()
                            .filter(run -> !sequence.isBusy(run.probe()))
                            .filter(run -> !roster.candidates(run).isEmpty())
                            .limit(Limits.LEFTOVERS_PER_RETRY_MAX)
                            .forEach(
                                    run -> all.add(sequence.inTurn(run.probe(), () -> clean(run))));
                    return Future.join(all);
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** Cleans up a leftover; empty when it is clean, else why it is not. */
    private Future<Optional<String>> clean(OpenRun run) {
        List<ProbeTarget> candidates = roster.candidates(run);
        if (candidates.isEmpty()) {
            return Future.succeededFuture(
                    Optional.of(
                            roster.knows(run.probe())
                                    ? "the probe \"%s\" is not of plan %s at gateway %s any more"
                                            .formatted(run.probe(), run.plan(), run.gateway())
                                    : "no probe \"%s\" is configured".formatted(run.probe())));
        }
        return clean(run, candidates, 0);
    }

    private Future<Optional<String>> clean(OpenRun run, List<ProbeTarget> candidates, int index) {
        return context.here(runner.clean(candidates.get(index), run))
                .compose(result -> {
                    if (result.state() != CleanupResult.State.ORPHANED) {
                        settled(run);
                        return Future.succeededFuture(Optional.empty());
                    }
                    return index + 1 < candidates.size()
                            ? clean(run, candidates, index + 1)
                            : Future.succeededFuture(Optional.of("cleanup " + describe(result)));
                });
    }

    private void settled(OpenRun run) {
        roster.settled(run.run());
        reports.tell(ProbeEvents.settled(run.gateway(), run.probe(), run.run(), clock.instant()));
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
}
