package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.market.PaymentTruth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the agent saw, beside what is true.
 *
 * @param samples the agent's metrics at the end
 * @param probes the agent's answer about its probes
 * @param stuck the payments that the agent says are stuck
 * @param truth what the marketplace did
 * @param moneyLeft probe payments that still hold or keep money at the gateway
 */
record DemoReport(
        Samples samples,
        List<JsonObject> probes,
        Set<String> stuck,
        GroundTruth truth,
        List<LedgerEntry> moneyLeft) {
    static final String RUNS = "paybeacon_probe_runs_total";
    static final String PAYMENTS = "paybeacon_payments";
    static final String OPEN_FINDINGS = "paybeacon_findings_open";
    private static final String DURATION = "paybeacon_probe_duration_seconds";
    private static final String STEP_FAILURES = "paybeacon_probe_step_failures_total";
    private static final String ATTEMPTS = "paybeacon_payment_attempts_total";
    private static final String PROBE_RUN = "paybeacon_run";

    static DemoReport of(AgentProcess agent, Sandbox sandbox) throws InterruptedException {
        Samples samples = Samples.parse(answer(agent, "/metrics"));
        List<JsonObject> probes = items(answer(agent, "/api/v1/probes"), "probes");
        Set<String> stuck =
                items(
                                answer(
                                        agent,
                                        "/api/v1/findings?kind=stuck_payment&state=open&limit=500"),
                                "findings")
                        .stream()
                        .map(finding -> finding.getString("subject"))
                        .collect(Collectors.toCollection(HashSet::new));
        return new DemoReport(samples, probes, stuck, sandbox.groundTruth(), List.of());
    }

    private static String answer(AgentProcess agent, String path) throws InterruptedException {
        return agent.get(path)
                .orElseThrow(() -> new DemoException("the agent does not answer " + path));
    }

    private static List<JsonObject> items(String body, String key) {
        JsonArray items = new JsonObject(body).getJsonArray(key, new JsonArray());
        return items.stream().map(JsonObject.class::cast).toList();
    }

    /** With the probe payments that still hold or keep money, by the gateway's own books. */
    DemoReport withMoneyLeft(LedgerSnapshot ledger) {
        List<LedgerEntry> left =
                ledger.payments().stream()
                        .filter(payment -> payment.metadata().containsKey(PROBE_RUN))
                        .filter(payment ->
                                payment.heldMinor() != 0
                                        || payment.capturedMinor() != payment.refundedMinor())
                        .toList();
        return new DemoReport(samples, probes, stuck, truth, left);
    }

    int exitCode() {
        double runs = samples.sum(RUNS);
        double passed = passed();
        if (!moneyLeft.isEmpty()) {
            return 1;
        }
        return runs == 0 ? 4 : passed == runs ? 0 : 1;
    }

    private double passed() {
        return samples.sum(RUNS, sample -> sample.label("outcome").equals("passed"));
    }

    void print(PrintWriter out, URI base, DemoOptions options) {
        out.println();
        out.println("What the agent saw");
        printProbes(out);
        printPayments(out);
        printFindings(out);
        out.printf(
                "  money        orphaned probe money: %d%s%n",
                moneyLeft.size(),
                moneyLeft.isEmpty()
                        ? " (every probe gave back what it took)"
                        : " payments: "
                                + moneyLeft.stream()
                                        .map(LedgerEntry::paymentId)
                                        .collect(Collectors.joining(", ")));
        out.println();
        out.println("Where to look");
        out.println("  agent log     " + options.directory().resolve("agent.log"));
        out.println("  configuration " + options.directory().resolve("agent.yaml"));
        out.println("  start again   paybeacon demo, and open " + base + "/ while it runs");
        out.println("  what it means README.md, docs/metrics.md");
        out.println();
        out.println(verdict());
        out.flush();
    }

    private void printProbes(PrintWriter out) {
        double runs = samples.sum(RUNS);
        out.printf(
                Locale.ROOT,
                "  probes       %.0f run, %.0f passed, %.0f failed%n",
                runs,
                passed(),
                runs - passed());
        double count = samples.sum(DURATION + "_count");
        if (count > 0) {
            out.printf(
                    Locale.ROOT,
                    "               latency of a whole transaction: mean %.0f ms, half within"
                            + " %.0f ms, 99 %% within %.0f ms%n",
                    samples.sum(DURATION + "_sum") / count * 1_000,
                    samples.bound(DURATION, 0.5) * 1_000,
                    samples.bound(DURATION, 0.99) * 1_000);
        }
        for (Samples.Sample sample : samples.samples()) {
            if (sample.name().equals(STEP_FAILURES) && sample.value() > 0) {
                out.printf(
                        Locale.ROOT,
                        "               FAILED %.0f times: probe %s at step %s, reason %s%n",
                        sample.value(),
                        sample.label("probe"),
                        sample.label("step"),
                        sample.label("reason"));
            }
        }
        for (JsonObject probe : probes) {
            String failure = Demo.lastFailure(probe);
            if (!failure.isEmpty()) {
                out.println("               the last one, " + failure);
            }
        }
    }

    private void printPayments(PrintWriter out) {
        Map<String, Long> states = samples.by(PAYMENTS, "status");
        out.printf(
                Locale.ROOT,
                "  payments     %.0f seen of %d orders placed: %s%n",
                samples.sum(PAYMENTS),
                truth.placed(),
                states.isEmpty() ? "none" : words(states));
        out.println("               attempts: " + words(samples.by(ATTEMPTS, "outcome")));
    }

    private void printFindings(PrintWriter out) {
        Set<String> planted =
                truth.stuck().stream()
                        .map(PaymentTruth::paymentIntentId)
                        .flatMap(Optional::stream)
                        .map(id -> "stripe:" + id)
                        .collect(Collectors.toSet());
        long found = stuck.stream().filter(planted::contains).count();
        out.printf(
                "  findings     %d stuck payments found; the marketplace planted %d, of which %d"
                        + " were found%n",
                stuck.size(), planted.size(), found);
        if (stuck.size() > found) {
            out.println(
                    "               the others were not planted: the gateway's fault, or an order"
                            + " still under way");
        }
        stuck.stream()
                .sorted()
                .findFirst()
                .ifPresent(id ->
                        out.println(
                                "               look one up while it runs:"
                                        + " /api/v1/payments/"
                                        + id));
    }

    private static String words(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private String verdict() {
        return switch (exitCode()) {
            case 0 -> "PASSED: every probe passed, and no money was left behind.";
            case 4 -> "NOTHING TESTED: no probe ran; let it run for longer.";
            default ->
                    moneyLeft.isEmpty()
                            ? "FAILED: probes failed, as said above."
                            : "FAILED: money was left behind, as said above.";
        };
    }
}
