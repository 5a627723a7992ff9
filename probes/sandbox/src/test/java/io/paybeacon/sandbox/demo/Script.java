package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.demo.AgentView.FailureKey;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.market.PaymentState;
import io.paybeacon.sandbox.market.PaymentTruth;
import io.paybeacon.sandbox.market.PaymentTruth.Step;
import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.webhook.WebhookCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A demonstration in which every plan ran and passed twice; scripts change it. */
final class Script {
    private final List<String> metrics = new ArrayList<>();
    private final Map<FailureKey, String> details = new HashMap<>();
    private final Map<String, Set<String>> findings = new HashMap<>();
    boolean ordersTold = true;
    final List<Orphan> orphans = new ArrayList<>();
    final Map<GatewayKind, List<PaymentTruth>> orders = new EnumMap<>(GatewayKind.class);
    private final Map<GatewayKind, List<LedgerEntry>> books = new EnumMap<>(GatewayKind.class);
    boolean stoppedEarly;

    static Script allPassed() {
        Script script = new Script();
        for (DemoPlan plan : DemoPlan.ALL) {
            script.runs(plan.probe(), "passed", 2);
        }
        return script;
    }

    void runs(String probe, String outcome, int times) {
        metric("probe_runs_total", labels(probe) + ",outcome=\"" + outcome + "\"", times);
    }

    void fails(String probe, String step, String reason, int times, String detail) {
        runs(probe, "failed", times);
        metric(
                "probe_step_failures_total",
                labels(probe) + ",step=\"%s\",reason=\"%s\"".formatted(step, reason),
                times);
        details.put(new FailureKey(probe, step, reason), detail);
    }

    private static String labels(String probe) {
        String gateway = probe.substring(0, probe.indexOf('-'));
        return "gateway=\"%s\",probe=\"%s\"".formatted(gateway, probe);
    }

    void never(String probe) {
        metrics.removeIf(line -> line.contains("\"" + probe + "\""));
    }

    void seen(GatewayKind gateway, String status, int count) {
        metric(
                "payments",
                "gateway=\"%s\",status=\"%s\"".formatted(gateway.wireName(), status),
                count);
    }

    void finds(String kind, String subject) {
        findings.computeIfAbsent(kind, _ -> new HashSet<>()).add(subject);
    }

    void refused(GatewayKind gateway, int count) {
        metric(
                "ingest_requests_total",
                "gateway=\"%s\",result=\"refused_signature\"".formatted(gateway.wireName()),
                count);
    }

    /** The durations of probes: how many, their sum, and how many up to some bounds. */
    void durations(GatewayKind gateway, int count, double sumSeconds, Map<String, Integer> upTo) {
        String labels = "gateway=\"" + gateway.wireName() + "\"";
        metric("probe_duration_seconds_count", labels, count);
        metric("probe_duration_seconds_sum", labels, sumSeconds);
        upTo.forEach((bound, below) ->
                metric("probe_duration_seconds_bucket", labels + ",le=\"" + bound + "\"", below));
    }

    private void metric(String name, String labels, Number value) {
        metrics.add("paybeacon_%s{%s} %s".formatted(name, labels, value));
    }

    void order(GatewayKind gateway, String id, Optional<Anomaly> cause, PaymentState now) {
        payment(gateway, "order-" + id, id, 1099, cause, now);
    }

    void payment(
            GatewayKind gateway,
            String order,
            String id,
            long asked,
            Optional<Anomaly> cause,
            PaymentState now) {
        orders.computeIfAbsent(gateway, _ -> new ArrayList<>())
                .add(
                        new PaymentTruth(
                                order,
                                Optional.of(id),
                                1099,
                                asked,
                                "usd",
                                PaymentState.CAPTURED,
                                Optional.of(now),
                                cause,
                                Optional.empty(),
                                Step.DONE));
    }

    void probeMoney(GatewayKind gateway, String currency, long held, long taken, long back) {
        books.computeIfAbsent(gateway, _ -> new ArrayList<>())
                .add(
                        new LedgerEntry(
                                "payment",
                                "any",
                                currency,
                                1099,
                                1099,
                                held,
                                taken,
                                back,
                                0,
                                Map.of("paybeacon_run", "r1")));
    }

    DemoReport report() {
        AgentView view =
                new AgentView(Samples.parse(String.join("\n", metrics)), details, findings);
        List<GatewayTruth> truths = new ArrayList<>();
        for (GatewayKind kind : GatewayKind.values()) {
            List<PaymentTruth> placed = orders.getOrDefault(kind, List.of());
            truths.add(
                    new GatewayTruth(
                            kind,
                            new GroundTruth(placed, placed.size(), 0, 0),
                            new LedgerSnapshot(books.getOrDefault(kind, List.of()), Map.of()),
                            new WebhookCounts(0, 0, 0, 0, 0, 0, 0)));
        }
        return DemoReport.of(view, truths, orphans, Optional.empty(), ordersTold, stoppedEarly);
    }
}
