package io.paybeacon.probe;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.journal.AsyncJournal;
import io.paybeacon.probe.pace.Pacing;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.Runner;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Executes runs and tells of them; makes sure of a failure by a second run. Everything is called on
 * the engine's context.
 */
final class ProbeRuns {

    private final EngineContext context;
    private final Runner runner;
    private final AsyncJournal journal;
    private final Pacing pacing;
    private final ProbeRoster roster;
    private final Leftovers leftovers;
    private final Reports reports;
    private final InstantSource clock;

    /** The UTC day on which a probe's budget was found used up. */
    private final Map<String, LocalDate> budgetUsedUpOn = new HashMap<>();

    private boolean stopping;

    ProbeRuns(
            EngineContext context,
            Runner runner,
            AsyncJournal journal,
            Pacing pacing,
            ProbeRoster roster,
            Leftovers leftovers,
            Reports reports,
            InstantSource clock) {
        this.context = context;
        this.runner = runner;
        this.journal = journal;
        this.pacing = pacing;
        this.roster = roster;
        this.leftovers = leftovers;
        this.reports = reports;
        this.clock = clock;
    }

    /** From now on no failure is confirmed. */
    void stop() {
        stopping = true;
    }

    /** Whether the budget of a probe was found used up on the UTC day of an instant. */
    boolean isBudgetUsedUp(String probe, Instant at) {
        return utcDay(at).equals(budgetUsedUpOn.get(probe));
    }

    /** The probe was changed or removed: its budget may be another one. */
    void forgetBudget(String probe) {
        budgetUsedUpOn.remove(probe);
    }

    /**
     * Runs a probe once.
     *
     * @param mayConfirm whether its policy of confirmation applies
     * @return the run itself, also when a confirmation followed
     */
    Future<RunResult> run(ProbeTarget target, Instant dueAt, boolean mayConfirm) {
        return execute(target, dueAt, false)
                .compose(result -> {
                    Future<Void> confirmed =
                            mayConfirm && result.outcome() == RunResult.Outcome.FAILED
                                    ? confirm(target)
                                    : Future.succeededFuture();
                    return confirmed
                            .compose(_ -> leftovers.cleanAfter(result.runId(), target))
                            .map(result);
                });
    }

    private Future<RunResult> execute(ProbeTarget target, Instant dueAt, boolean confirmation) {
        return context.here(runner.run(target, dueAt, confirmation))
                .onSuccess(result -> {
                    Failure failure = result.failure();
                    if (failure != null && failure.reason() == ProbeReason.BUDGET) {
                        budgetUsedUpOn.put(result.probe(), utcDay(clock.instant()));
                    }
                    if (result.cleanup().state() == CleanupResult.State.ORPHANED) {
                        roster.leftBehind(result.runId(), target);
                    }
                    reports.tell(result);
                });
    }

    /** Repeats a failed run, unless that would cost money or time that others need. */
    private Future<Void> confirm(ProbeTarget target) {
        Instant now = clock.instant();
        boolean current = roster.scheduled(target.name()).filter(target::equals).isPresent();
        if (stopping
                || !current
                || !target.policy().confirm()
                || target.policy().inMaintenance(now)
                || !pacing.isIdle(target.gateway())) {
            return Future.succeededFuture();
        }
        return hasBudget(target, now)
                .compose(enough ->
                        enough && !stopping
                                ? execute(target, clock.instant(), true).<Void>mapEmpty()
                                : Future.<Void>succeededFuture())
                .otherwiseEmpty();
    }

    /** Whether the budget of the day holds one more whole run. */
    private Future<Boolean> hasBudget(ProbeTarget target, Instant now) {
        Plan.Budget budget = target.plan().budget();
        return budget == null
                ? Future.succeededFuture(true)
                : context.here(journal.spentMinor(target.name(), now, budget.currency()))
                        .map(spent -> spent <= budget.perDayMinor() - budget.perRunMinor());
    }

    private static LocalDate utcDay(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
