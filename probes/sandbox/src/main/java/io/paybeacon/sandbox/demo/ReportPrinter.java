package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.demo.GatewaySummary.Failed;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a report for people. */
final class ReportPrinter {
    /** Single payments or failures named at most in one line or list. */
    private static final int NAMED_MAX = 3;

    private final PrintWriter out;

    ReportPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(DemoReport report) {
        out.println();
        printProbes(report.gateways());
        printFailures(report.gateways());
        printPayments(report.gateways());
        printStuck(report.gateways());
        printFindings(report.marks());
        report.lookedUp().ifPresent(this::printLookedUp);
        printMoney(report.gateways());
        out.println();
        printVerdict(report);
        out.flush();
    }

    private void printProbes(List<GatewaySummary> gateways) {
        out.println("Probes        run   passed   failed   mean       95 % within");
        for (GatewaySummary one : gateways) {
            line(
                    "  %-9s %6d %8d %8d   %-10s %s%s"
                            .formatted(
                                    one.gateway().wireName(),
                                    one.runs(),
                                    one.passed(),
                                    one.failed(),
                                    mean(one.meanSeconds()),
                                    bound(one.p95Seconds()),
                                    one.agentFaults() == 0
                                            ? ""
                                            : "   and %d in which the machine was at fault"
                                                    .formatted(one.agentFaults())));
        }
    }

    private static String mean(OptionalDouble seconds) {
        if (seconds.isEmpty()) {
            return "-";
        }
        double value = seconds.getAsDouble();
        return value < 1
                ? String.format(Locale.ROOT, "%.0f ms", value * 1_000)
                : String.format(Locale.ROOT, "%.1f s", value);
    }

    private static String bound(OptionalDouble seconds) {
        return seconds.isPresent() && Double.isInfinite(seconds.getAsDouble())
                ? "more than 30 s"
                : mean(seconds);
    }

    private void printFailures(List<GatewaySummary> gateways) {
        boolean any =
                gateways.stream()
                        .anyMatch(one -> !one.failures().isEmpty() || !one.notEnded().isEmpty());
        if (!any) {
            return;
        }
        out.println();
        out.println("Failed probes");
        for (GatewaySummary one : gateways) {
            for (Failed failed : one.failures()) {
                line(
                        "  %s: step %s, reason %s, %s"
                                .formatted(
                                        failed.plan().shipped(),
                                        failed.step(),
                                        failed.reason(),
                                        times(failed.times())));
                if (!failed.detail().isEmpty()) {
                    line("      %s".formatted(failed.detail()));
                }
            }
            for (DemoPlan plan : one.notEnded()) {
                line(
                        ("  %s: no run came to its end in this time; it may wait for an answer or"
                                        + " a webhook")
                                .formatted(plan.shipped()));
            }
        }
    }

    private static String times(long times) {
        return times == 1 ? "once" : times + " times";
    }

    private void printPayments(List<GatewaySummary> gateways) {
        out.println();
        out.println("Payments     seen   of made   success   in truth   now");
        for (GatewaySummary one : gateways) {
            line(
                    "  %-9s %6d %9d %9s %10s   %s"
                            .formatted(
                                    one.gateway().wireName(),
                                    one.seen(),
                                    one.truth().orders().placed(),
                                    percent(one.successShare()),
                                    percent(one.truth().successShare()),
                                    words(one.states())));
            if (!one.refused().isEmpty()) {
                line("            webhooks not accepted: %s".formatted(words(one.refused())));
            }
        }
    }

    private static String percent(OptionalDouble share) {
        return share.isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble());
    }

    private void printFindings(FindingMarks marks) {
        if (marks.marks().isEmpty() && marks.untold() == 0) {
            return;
        }
        out.println();
        out.println("Findings             planted   found   not planted");
        marks.marks()
                .forEach((kind, mark) -> {
                    line(
                            "  %-18s %7d %7d %13d"
                                    .formatted(
                                            kind,
                                            mark.planted().size(),
                                            mark.found(),
                                            mark.notPlanted().size()));
                    if (!mark.missed().isEmpty()) {
                        line("            not found: " + names(List.copyOf(mark.missed())));
                    }
                    if (!mark.notPlanted().isEmpty()) {
                        line("            not planted: " + names(List.copyOf(mark.notPlanted())));
                    }
                });
        if (marks.untold() > 0) {
            line(
                    ("  %d wrong amounts are not marked: the agent was not told what was"
                                    + " ordered")
                            .formatted(marks.untold()));
        }
    }

    private void printLookedUp(LookedUp payment) {
        out.println();
        out.println("One payment, as support sees it: " + payment.key());
        payment.lines().forEach(said -> line("  " + said));
    }

    private void printStuck(List<GatewaySummary> gateways) {
        out.println();
        out.println("Stuck      planted   found   not planted");
        for (GatewaySummary one : gateways) {
            int planted = one.truth().planted().size();
            line(
                    "  %-9s %7d %7d %13d"
                            .formatted(
                                    one.gateway().wireName(),
                                    planted,
                                    planted - one.missed().size(),
                                    one.notPlanted().size()));
            if (!one.missed().isEmpty()) {
                line("            not found: %s".formatted(names(one.missed().stream().toList())));
            }
            if (!one.notPlanted().isEmpty()) {
                line(
                        "            not planted: %s"
                                .formatted(names(one.notPlanted().stream().toList())));
            }
        }
    }

    private static String names(List<String> all) {
        String first = all.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        return all.size() > NAMED_MAX ? first + ", ..." : first;
    }

    private void printMoney(List<GatewaySummary> gateways) {
        out.println();
        out.println("Probe money left   by the gateway's books    by the agent's journal");
        for (GatewaySummary one : gateways) {
            List<LedgerEntry> left = one.truth().moneyLeft();
            line(
                    "  %-16s %-25s %s"
                            .formatted(
                                    one.gateway().wireName(),
                                    left.isEmpty()
                                            ? "none"
                                            : left.size() + " payments: " + amounts(left),
                                    one.orphans().isEmpty()
                                            ? "none"
                                            : one.orphans().size()
                                                    + " runs: "
                                                    + names(
                                                            one.orphans().stream()
                                                                    .map(Orphan::run)
                                                                    .toList())));
        }
    }

    /** Held, or taken and not given back, in each currency. */
    private static String amounts(List<LedgerEntry> payments) {
        Map<String, Long> minor = new TreeMap<>();
        for (LedgerEntry payment : payments) {
            minor.merge(
                    payment.currency().toUpperCase(Locale.ROOT),
                    payment.heldMinor() + payment.capturedMinor() - payment.refundedMinor(),
                    Long::sum);
        }
        return minor.entrySet().stream()
                .map(sum -> sum.getKey() + " " + decimal(sum.getKey(), sum.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String decimal(String currency, long minor) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return BigDecimal.valueOf(minor, digits).toPlainString();
    }

    private void printVerdict(DemoReport report) {
        if (report.stoppedEarly() && report.problems().isEmpty()) {
            out.println("STOPPED EARLY: nothing was wrong so far.");
            return;
        }
        switch (report.exitCode()) {
            case 0 ->
                    out.println(
                            "PASSED: every probe passed, every planted stuck payment and every"
                                    + " planted mistake was found, nothing else was, and no money"
                                    + " was left behind.");
            case 3 ->
                    line(
                            ("AGENT OR MACHINE AT FAULT: in %d runs, which say nothing of a"
                                            + " gateway. Is the machine busy?")
                                    .formatted(report.agentFaults()));
            case 4 -> out.println("NOTHING TESTED: no probe ran; let it run for longer.");
            default -> {
                out.println("FAILED:");
                report.problems().forEach(problem -> line("  %s".formatted(problem)));
            }
        }
    }

    private static String words(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    private void line(String line) {
        out.println(line.stripTrailing());
    }
}
