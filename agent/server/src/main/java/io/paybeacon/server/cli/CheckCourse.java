package io.paybeacon.server.cli;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.RecoveryReport.Orphan;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.server.check.CheckReport;
import io.paybeacon.server.check.CheckReport.Refusal;
import io.paybeacon.server.check.CheckReport.Tested;
import io.paybeacon.server.check.CheckReport.Untested;
import io.paybeacon.server.check.CheckVerdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a check has found so far. Confined to one thread. */
final class CheckCourse {
    private final String file;
    private final boolean allowUntested;
    private final Instant startedAt;
    private final long startNanos = System.nanoTime();
    private final List<Tested> tested = new ArrayList<>();
    private final List<Untested> untested = new ArrayList<>();
    private final List<Orphan> earlier = new ArrayList<>();

    CheckCourse(String file, boolean allowUntested, InstantSource clock) {
        this.file = file;
        this.allowUntested = allowUntested;
        this.startedAt = clock.instant();
    }

    /** What became of the money of earlier runs, and what the journal no longer knows of it. */
    void recovered(RecoveryReport report) {
        earlier.addAll(report.orphans());
        List<Integer> damaged = report.damage().damagedLines();
        if (!damaged.isEmpty()) {
            earlier.add(
                    new Orphan(
                            "journal",
                            "unknown",
                            "unknown",
                            "the journal of probes was damaged at lines %s, so that money of"
                                            .formatted(damaged)
                                    + " earlier runs may be left without a trace; look for it at"
                                    + " the gateways, the file is kept as probes.journal.damaged"));
        }
    }

    /**
     * A run has ended.
     *
     * @return what to show of it; empty when it tested nothing because its budget was used up
     */
    Optional<Tested> took(ProbeTarget target, RunResult result) {
        Failure failure = result.failure();
        Tested probe = new Tested(target.plan(), result);
        if (failure != null && failure.reason() == ProbeReason.BUDGET && probe.cleanedUp()) {
            leave(
                    target,
                    "%s; raise the budget of its plan, or wait for the next day"
                            .formatted(failure.detail()));
            return Optional.empty();
        }
        tested.add(probe);
        return Optional.of(probe);
    }

    /** A probe is not run. */
    void leave(ProbeTarget target, String why) {
        untested.add(new Untested(target.name(), target.gateway(), why));
    }

    /** None of the probes that had no turn yet is run. */
    void leaveRest(List<ProbeTarget> targets, String why) {
        Set<String> told = new HashSet<>();
        tested.forEach(probe -> told.add(probe.result().probe()));
        untested.forEach(probe -> told.add(probe.probe()));
        targets.stream()
                .filter(target -> !told.contains(target.name()))
                .forEach(target -> leave(target, why));
    }

    CheckReport ended() {
        return report(null);
    }

    CheckReport refused(CheckVerdict verdict, List<String> problems) {
        return report(new Refusal(verdict, problems));
    }

    private CheckReport report(@Nullable Refusal refusal) {
        return new CheckReport(
                version(),
                file,
                startedAt,
                Duration.ofNanos(System.nanoTime() - startNanos),
                tested,
                untested,
                allowUntested,
                earlier,
                refusal);
    }

    private static String version() {
        try {
            return Main.Version.text();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
