package io.paybeacon.server.check;

import io.paybeacon.probe.RecoveryReport.Orphan;
import io.paybeacon.probe.plan.CleanupStep;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a check found. Holds no secret: every text of a run is redacted where it is made.
 *
 * @param version of the agent
 * @param configuration the file that was checked, as it was named
 * @param startedAt by the agent's clock
 * @param duration from the start of the first probe to the end of the last, by a monotonic clock
 * @param tested the probes that ran, in order
 * @param untested the probes that were asked for and did not run
 * @param untestedAllowed whether the user accepts that some did not run
 * @param earlier runs before this one of which money may still be held
 * @param refusal why the check as a whole could not take place; null when it did
 */
public record CheckReport(
        String version,
        String configuration,
        Instant startedAt,
        Duration duration,
        List<Tested> tested,
        List<Untested> untested,
        boolean untestedAllowed,
        List<Orphan> earlier,
        @Nullable Refusal refusal) {

    /**
     * Why a check could not take place.
     *
     * @param verdict what it means for the exit code
     * @param problems each with its remedy
     */
    public record Refusal(CheckVerdict verdict, List<String> problems) {
        public Refusal {
            problems = List.copyOf(problems);
        }
    }

    /** A probe that ran, with the plan that it executed. */
    public record Tested(Plan plan, RunResult result) {

        /** Every step of the plan in order, then the cleanup as far as it ran, then the money. */
        public List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            Set<String> ran = new HashSet<>();
            for (StepResult step : result.steps()) {
                ran.add(step.step());
                cases.add(new Case(Case.Part.FLOW, step.step(), step.durationNanos(), of(step)));
            }
            for (Step step : plan.steps()) {
                if (!ran.contains(step.name())) {
                    cases.add(new Case(Case.Part.FLOW, step.name(), 0, notReached()));
                }
            }
            for (StepResult step : result.cleanup().steps()) {
                cases.add(new Case(Case.Part.CLEANUP, step.step(), step.durationNanos(), of(step)));
            }
            if (plan.always().stream().map(CleanupStep::step).findAny().isPresent()) {
                cases.add(new Case(Case.Part.MONEY, "given back", 0, money()));
            }
            return cases;
        }

        /** Whether nothing was left behind, as far as the cleanup knows; true without one. */
        public boolean cleanedUp() {
            return result.cleanup().state() != CleanupResult.State.ORPHANED
                    && result.cleanup().steps().stream().allMatch(StepResult::passed);
        }

        private static Outcome of(StepResult step) {
            Failure failure = step.failure();
            if (failure == null) {
                return new Outcome.Passed();
            }
            return failure.ofAgent()
                    ? new Outcome.AgentFault(failure.reason().label(), failure.detail())
                    : new Outcome.Failed(failure.reason().label(), failure.detail());
        }

        private Outcome notReached() {
            String at = result.failedStep();
            return new Outcome.Skipped(
                    at == null ? "the run ended before it" : "not reached: failed at " + at);
        }

        private Outcome money() {
            return result.cleanup().state() == CleanupResult.State.ORPHANED
                    ? new Outcome.Failed(
                            "orphaned",
                            "money may be left at %s by run %s; paybeacon orphans shows it, and"
                                            .formatted(result.gateway(), result.runId())
                                    + " each later check tries again")
                    : new Outcome.Passed();
        }
    }

    /**
     * A probe that was asked for and did not run.
     *
     * @param why one sentence for people
     */
    public record Untested(String probe, String gateway, String why) {}

    /**
     * One line of a report.
     *
     * @param nanos how long it took; 0 for what takes no time
     */
    public record Case(Part part, String name, long nanos, Outcome outcome) {

        /** The part of the transaction that a case belongs to. */
        public enum Part {
            /** A step of the plan. */
            FLOW,
            /** A step of the cleanup. */
            CLEANUP,
            /** Whether all money was given back. */
            MONEY
        }
    }

    /** How a case ended. */
    public sealed interface Outcome {
        /** It passed. */
        record Passed() implements Outcome {}

        /** It failed on the gateway's side. */
        record Failed(String reason, String detail) implements Outcome {}

        /** It could not be judged, through a fault of the agent's side. */
        record AgentFault(String reason, String detail) implements Outcome {}

        /** It was not reached. */
        record Skipped(String why) implements Outcome {}
    }

    public CheckReport {
        tested = List.copyOf(tested);
        untested = List.copyOf(untested);
        earlier = List.copyOf(earlier);
    }

    /** The same, which did not take place as it should. */
    public CheckReport refused(Refusal why) {
        return new CheckReport(
                version,
                configuration,
                startedAt,
                duration,
                tested,
                untested,
                untestedAllowed,
                earlier,
                why);
    }

    /** How the check ended. A check that tested nothing has not passed. */
    public CheckVerdict verdict() {
        if (count(RunResult.Outcome.FAILED) > 0 || notCleanedUp() > 0 || !earlier.isEmpty()) {
            return CheckVerdict.FAILED;
        }
        if (refusal != null) {
            return refusal.verdict();
        }
        if (count(RunResult.Outcome.NOT_COUNTED) > 0) {
            return CheckVerdict.AGENT_FAULT;
        }
        boolean missing = !untested.isEmpty() && !untestedAllowed;
        return tested.isEmpty() || missing ? CheckVerdict.NOT_TESTED : CheckVerdict.PASSED;
    }

    /** How many probes ended so. */
    public long count(RunResult.Outcome outcome) {
        return tested.stream().filter(probe -> probe.result().outcome() == outcome).count();
    }

    /** How many of the probes left something behind, or may have: a step of a cleanup failed. */
    public long notCleanedUp() {
        return tested.stream().filter(probe -> !probe.cleanedUp()).count();
    }
}
