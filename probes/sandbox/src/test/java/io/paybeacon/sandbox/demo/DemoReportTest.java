package io.paybeacon.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.PaymentState;
import io.paybeacon.sandbox.market.generate.Anomaly;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The summary of a demonstration, from what an agent said and what was true. */
class DemoReportTest {
    static Arguments story(String name, int exitCode, String said, Consumer<Script> change) {
        return arguments(name, exitCode, said, change);
    }

    private static final Optional<Anomaly> SILENT = Optional.of(Anomaly.WEBHOOK_LOST);

    static Stream<Arguments> stories() {
        return Stream.of(ofProbes(), ofMoney(), ofPayments(), ofInterruption())
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

    static String print(DemoReport report) {
        StringWriter text = new StringWriter();
        new ReportPrinter(new PrintWriter(text)).print(report);
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
