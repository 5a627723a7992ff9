package io.paybeacon.server.check;

import io.paybeacon.probe.RecoveryReport.Orphan;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.server.check.CheckReport.Case;
import io.paybeacon.server.check.CheckReport.Outcome;
import io.paybeacon.server.check.CheckReport.Tested;
import io.paybeacon.server.check.CheckReport.Untested;
import java.io.PrintWriter;
import java.util.Locale;

/** A check as lines for people: a line per step, and one that sums up. Confined to one thread. */
public final class TableReport {
    private static final String ROW = "%-20s %-20s %s%-6s%s %9s  %s%n";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintWriter out;
    private final boolean colours;

    /**
     * A table.
     *
     * @param colours whether the reader is a terminal that shows them
     */
    public TableReport(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** The head of the table. */
    public void head() {
        out.printf(Locale.ROOT, ROW, "PROBE", "STEP", "", "RESULT", "", "TIME", "REASON");
        out.flush();
    }

    /** The lines of one probe, when it has ended. */
    public void probe(Tested probe) {
        RunResult run = probe.result();
        for (Case one : probe.cases()) {
            boolean told = one.part() != Case.Part.MONEY;
            if (told || !(one.outcome() instanceof Outcome.Passed)) {
                row(run.probe(), one);
            }
        }
        if (run.outcome() != RunResult.Outcome.PASSED) {
            out.printf("%-20s run %s, trace %s%n", run.probe(), run.runId(), run.traceId());
        }
        out.flush();
    }

    private void row(String probe, Case one) {
        String time =
                one.nanos() == 0 ? "" : String.format(Locale.ROOT, "%.0f ms", one.nanos() / 1e6);
        switch (one.outcome()) {
            case Outcome.Passed _ -> row(probe, one.name(), GREEN, "pass", time, "");
            case Outcome.Failed(String reason, String detail) ->
                    row(probe, one.name(), RED, "FAIL", time, reason + ": " + detail);
            case Outcome.AgentFault(String reason, String detail) ->
                    row(probe, one.name(), RED, "ERROR", time, reason + ": " + detail);
            case Outcome.Skipped(String why) -> row(probe, one.name(), YELLOW, "skip", time, why);
        }
    }

    private void row(
            String probe, String step, String colour, String word, String time, String why) {
        out.printf(
                Locale.ROOT,
                ROW,
                probe,
                step,
                colours ? colour : "",
                word,
                colours ? PLAIN : "",
                time,
                plain(why));
    }

    /** A gateway's text must not steer a terminal. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    /** The summing up, when all have ended. */
    public void foot(CheckReport report) {
        for (Untested probe : report.untested()) {
            row(probe.probe(), "", YELLOW, "skip", "", probe.why());
        }
        out.printf(
                "%d probes: %d passed, %d failed, %d not counted (the agent's own fault), %d not"
                        + " tested, %d left something behind%n",
                report.tested().size() + report.untested().size(),
                report.count(RunResult.Outcome.PASSED),
                report.count(RunResult.Outcome.FAILED),
                report.count(RunResult.Outcome.NOT_COUNTED),
                report.untested().size(),
                report.notCleanedUp());
        if (!report.earlier().isEmpty()) {
            out.printf(
                    "%d earlier runs may have left money; they are tried again at each start, and"
                            + " paybeacon orphans lists them%n",
                    report.earlier().size());
            for (Orphan orphan : report.earlier()) {
                out.printf(
                        "  run %s of %s at %s: %s%n",
                        orphan.run(), orphan.probe(), orphan.gateway(), plain(orphan.why()));
            }
        }
        out.flush();
    }
}
