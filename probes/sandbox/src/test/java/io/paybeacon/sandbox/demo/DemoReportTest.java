package io.paybeacon.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The summary of a demonstration, from what an agent said and what was true. */
class DemoReportTest {
    /** A demonstration in which every plan ran and passed twice; scripts change it. */
    static final class Script {
        private final List<String> metrics = new ArrayList<>();
        private final Map<FailureKey, String> details = new HashMap<>();
        private final Map<String, Set<String>> findings = new HashMap<>();
        private boolean ordersTold = true;
        private final List<Orphan> orphans = new ArrayList<>();
        private final Map<GatewayKind, List<PaymentTruth>> orders =
                new EnumMap<>(GatewayKind.class);
        private final Map<GatewayKind, List<LedgerEntry>> books = new EnumMap<>(GatewayKind.class);
        private boolean stoppedEarly;

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
        void durations(
                GatewayKind gateway, int count, double sumSeconds, Map<String, Integer> upTo) {
            String labels = "gateway=\"" + gateway.wireName() + "\"";
            metric("probe_duration_seconds_count", labels, count);
            metric("probe_duration_seconds_sum", labels, sumSeconds);
            upTo.forEach((bound, below) ->
                    metric(
                            "probe_duration_seconds_bucket",
                            labels + ",le=\"" + bound + "\"",
                            below));
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

    private static Arguments story(
            String name, int exitCode, String said, Consumer<Script> change) {
        return arguments(name, exitCode, said, change);
    }

    private static final Optional<Anomaly> SILENT = Optional.of(Anomaly.WEBHOOK_LOST);

    static Stream<Arguments> stories() {
        return Stream.of(ofProbes(), ofMoney(), ofPayments(), ofFindings(), ofInterruption())
                .flatMap(part -> part);
    }

    private static Stream<Arguments> ofProbes() {
        return Stream.of(
                story("everything passed", 0, "PASSED", s -> {}),
                story(
                        "one run failed",
                        1,
                        "paypal/health: step token, reason http_5xx, once",
                        s -> s.fails("paypal-health", "token", "http_5xx", 1, "status 503")),
                story(
                        "a failure is told with its detail",
                        1,
                        "      status 503",
                        s -> s.fails("card-health", "api", "http_5xx", 3, "status 503")),
                story(
                        "a failure whose runs are no longer kept",
                        1,
                        "adyen/card-cancel: step pay, reason reset, 2 times",
                        s -> {
                            s.fails("adyen-card-cancel", "pay", "reset", 2, "");
                        }),
                story(
                        "a plan of which no run ended",
                        1,
                        "adyen: no run of card-cancel came to its end",
                        s -> s.never("adyen-card-cancel")),
                story(
                        "a run that the budget stopped is no pass",
                        1,
                        "stripe: 1 of 11 probe runs failed",
                        s -> s.runs("stripe-health", "budget", 1)),
                story(
                        "only the machine was at fault",
                        3,
                        "AGENT OR MACHINE AT FAULT: in 2 runs",
                        s -> s.runs("stripe-health", "agent_fault", 2)),
                story(
                        "nothing ran",
                        4,
                        "NOTHING TESTED",
                        s -> DemoPlan.ALL.forEach(plan -> s.never(plan.probe()))));
    }

    private static Stream<Arguments> ofMoney() {
        return Stream.of(
                story(
                        "a hold is left, and the agent knows",
                        1,
                        "1 payments: USD 10.99     1 runs: r1",
                        s -> {
                            s.probeMoney(GatewayKind.PAYPAL, "USD", 1099, 0, 0);
                            s.orphans.add(new Orphan("paypal", "r1", "paypal-card-decline"));
                        }),
                story(
                        "a charge is kept, and the agent does not know",
                        1,
                        "card: probes left money behind",
                        s -> s.probeMoney(GatewayKind.CARD, "JPY", 0, 1099, 1000)),
                story(
                        "an amount in a currency without decimals",
                        1,
                        "1 payments: JPY 99",
                        s -> s.probeMoney(GatewayKind.CARD, "JPY", 0, 1099, 1000)),
                story(
                        "what was given back is not left",
                        0,
                        "PASSED",
                        s -> s.probeMoney(GatewayKind.ADYEN, "EUR", 0, 1099, 1099)),
                story(
                        "the agent believes in money that the books do not know of",
                        1,
                        "adyen: 1 probe runs are not cleaned up",
                        s -> s.orphans.add(new Orphan("adyen", "r2", "adyen-card-cancel"))));
    }

    private static Stream<Arguments> ofPayments() {
        return Stream.of(
                story(
                        "a planted stuck payment is found",
                        0,
                        "PASSED",
                        s -> {
                            s.order(GatewayKind.CARD, "a1", SILENT, PaymentState.CAPTURED);
                            s.seen(GatewayKind.CARD, "authorised", 1);
                            s.finds("stuck_payment", "card:a1");
                        }),
                story(
                        "a planted stuck payment is not found",
                        1,
                        "not found: card:a1",
                        s -> {
                            s.order(GatewayKind.CARD, "a1", SILENT, PaymentState.CAPTURED);
                            s.seen(GatewayKind.CARD, "authorised", 1);
                            s.finds("stuck_payment", "stripe:a1");
                        }),
                story(
                        "one that a fault ended otherwise was not planted after all",
                        0,
                        "PASSED",
                        s -> {
                            s.order(GatewayKind.CARD, "a1", SILENT, PaymentState.DECLINED);
                            s.seen(GatewayKind.CARD, "failed", 1);
                        }),
                story(
                        "a payment is stuck that nobody planted",
                        1,
                        "not planted: adyen:p1",
                        s -> s.finds("stuck_payment", "adyen:p1")),
                story(
                        "a payment that the agent never heard of",
                        1,
                        "paypal: of 1 payments the agent never heard",
                        s -> {
                            s.order(
                                    GatewayKind.PAYPAL,
                                    "o1",
                                    Optional.empty(),
                                    PaymentState.CAPTURED);
                        }),
                story(
                        "webhooks that the agent refused",
                        1,
                        "webhooks not accepted: refused_signature 4",
                        s -> s.refused(GatewayKind.STRIPE, 4)));
    }

    /** An order that is charged at two gateways. */
    private static void chargedTwice(Script s) {
        s.payment(GatewayKind.CARD, "order-7", "a1", 1099, Optional.empty(), PaymentState.CAPTURED);
        s.payment(
                GatewayKind.ADYEN,
                "order-7",
                "p1",
                1099,
                Optional.of(Anomaly.DUPLICATE_ACROSS_GATEWAYS),
                PaymentState.CAPTURED);
        s.seen(GatewayKind.CARD, "captured", 1);
        s.seen(GatewayKind.ADYEN, "captured", 1);
    }

    private static void chargedAHundredfold(Script s) {
        s.payment(
                GatewayKind.CARD,
                "order-8",
                "a2",
                109_900,
                Optional.of(Anomaly.UNIT_SCALE),
                PaymentState.CAPTURED);
        s.seen(GatewayKind.CARD, "captured", 1);
    }

    private static Stream<Arguments> ofFindings() {
        return Stream.of(
                story(
                        "a duplicate charge is found by its order",
                        0,
                        "  duplicate_charge         1       1             0",
                        s -> {
                            chargedTwice(s);
                            s.finds("duplicate_charge", "order-7");
                        }),
                story(
                        "an order paid twice is a duplicate charge too",
                        0,
                        "PASSED",
                        s -> {
                            chargedTwice(s);
                            s.finds("paid_twice", "order-7");
                        }),
                story(
                        "a kind that the agent does not know is not found",
                        1,
                        "1 of 1 planted duplicate_charge were not found",
                        DemoReportTest::chargedTwice),
                story(
                        "a finding of another kind does not count",
                        1,
                        "1 of 1 planted unit_scale_error were not found",
                        s -> {
                            chargedAHundredfold(s);
                            s.finds("amount_mismatch", "order-8");
                        }),
                story(
                        "a wrong amount is found by its payment",
                        0,
                        "PASSED",
                        s -> {
                            chargedAHundredfold(s);
                            s.finds("unit_scale_error", "card:a2");
                        }),
                story(
                        "an agent that was not told of orders cannot know",
                        0,
                        "1 wrong amounts are not marked",
                        s -> {
                            chargedAHundredfold(s);
                            s.ordersTold = false;
                        }),
                story(
                        "a finding that nobody planted",
                        1,
                        "not planted: card:a3",
                        s -> {
                            s.order(
                                    GatewayKind.CARD,
                                    "a3",
                                    Optional.empty(),
                                    PaymentState.CAPTURED);
                            s.seen(GatewayKind.CARD, "captured", 1);
                            s.finds("illegal_transition", "card:a3");
                        }),
                story(
                        "a second charge that was declined is no duplicate",
                        0,
                        "PASSED",
                        s -> {
                            chargedTwice(s);
                            s.orders.get(GatewayKind.ADYEN).clear();
                        }));
    }

    @Test
    void success_isToldBesideTheTruth() {
        Script script = Script.allPassed();
        script.order(GatewayKind.CARD, "a1", Optional.empty(), PaymentState.CAPTURED);
        script.order(GatewayKind.CARD, "a2", Optional.empty(), PaymentState.DECLINED);
        script.seen(GatewayKind.CARD, "captured", 2);
        script.seen(GatewayKind.CARD, "failed", 1);
        assertThat(print(script.report()))
                .contains(
                        "  card           3         2    66.7 %     50.0 %   captured 2, failed 1");
    }

    @Test
    void lookedUpPayment_isToldWithCauseFindingsAndGuidance() throws InterruptedException {
        Script script = Script.allPassed();
        script.order(GatewayKind.CARD, "a1", Optional.empty(), PaymentState.DECLINED);
        String answer =
                """
                {"status": "failed", "since": "2026-11-23T00:00:00Z",
                 "requested": {"formatted": "10.99 USD"},
                 "attempts": [{"declineCause": "insufficient_funds",
                               "guidance": {"customer": "Use another card."}}],
                 "openFindings": [{"kind": "x", "cause": "Why.", "remedy": "Do."}]}
                """;
        Optional<LookedUp> found =
                LookedUp.of(
                        path ->
                                path.equals("/api/v1/payments/card:a1")
                                        ? Optional.of(answer)
                                        : Optional.empty(),
                        script.orders);
        assertThat(found)
                .hasValueSatisfying(p ->
                        assertThat(p.lines())
                                .containsExactly(
                                        "status failed since 2026-11-23T00:00:00Z, asked for 10.99 USD",
                                        "declined: insufficient_funds",
                                        "guidance, customer: Use another card.",
                                        "finding x: Why.",
                                        "support may: Do."));
        assertThat(LookedUp.of(path -> Optional.empty(), script.orders)).isEmpty();
    }

    private static Stream<Arguments> ofInterruption() {
        return Stream.of(
                story(
                        "stopped early: what is missing had no time",
                        0,
                        "STOPPED EARLY",
                        s -> {
                            s.stoppedEarly = true;
                            s.never("adyen-card-cancel");
                            s.order(GatewayKind.CARD, "a1", SILENT, PaymentState.CAPTURED);
                        }),
                story(
                        "stopped early: what is wrong is wrong",
                        1,
                        "adyen: 1 of 11 probe runs failed",
                        s -> {
                            s.stoppedEarly = true;
                            s.fails("adyen-health", "api", "http_5xx", 1, "status 500");
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    @DisplayName("What is told, and the exit code")
    void report_tellsTheStory(String name, int exitCode, String said, Consumer<Script> change) {
        Script script = Script.allPassed();
        change.accept(script);
        DemoReport report = script.report();

        String text = print(report);
        assertThat(report.exitCode()).as(text).isEqualTo(exitCode);
        assertThat(text).contains(said);
        if (exitCode == 1) {
            assertThat(text).contains("FAILED:").doesNotContain("PASSED");
        }
    }

    @Test
    void rows_addUpTheProbesOfTheirGatewayAlone() {
        Script script = Script.allPassed();
        script.fails("paypal-health", "api", "http_5xx", 3, "status 500");
        script.durations(GatewayKind.PAYPAL, 13, 2.6, Map.of("0.1", 12, "0.5", 13, "+Inf", 13));
        script.durations(GatewayKind.ADYEN, 2, 70, Map.of("30", 1, "+Inf", 2));

        assertThat(print(script.report()))
                .containsSubsequence(
                        "Probes        run   passed   failed   mean       95 % within\n",
                        "  stripe        10       10        0   -          -\n",
                        "  paypal        13       10        3   200 ms     500 ms\n",
                        "  adyen         10       10        0   35.0 s     more than 30 s\n",
                        "  card           8        8        0   -          -\n");
    }

    private static String print(DemoReport report) {
        StringWriter text = new StringWriter();
        new ReportPrinter(new PrintWriter(text)).print(report);
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
