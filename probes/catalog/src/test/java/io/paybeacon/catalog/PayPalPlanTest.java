package io.paybeacon.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.yaml.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayPalPlanTest {
    private static final String PAYMENT = "card-authorise-capture-refund";

    @TempDir Path dataDirectory;
    private PayPalWorld paypal;

    @BeforeEach
    void start() throws Exception {
        paypal = new PayPalWorld(dataDirectory);
    }

    @AfterEach
    void stop() throws Exception {
        paypal.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    card-authorise-capture-refund | 1099 | 1099 | refund    | webhook-refunded
                    card-authorise-void           | 0    | 1099 | void      | webhook-voided
                    card-decline                  | 0    | 0    | authorise | authorise
                    three-d-secure                | 0    | 0    | order     | order
                    """)
    @DisplayName("Every shipped payment passes, unchanged, and leaves nothing")
    void run_healthyGateway(String plan, long captured, long authorised, String middle, String last)
            throws Exception {
        RunResult result = paypal.run(plan, false);

        String log = String.join("\n", result.debugLog());
        assertThat(result.failure()).as(log).isNull();
        assertThat(result.steps())
                .extracting(StepResult::step)
                .startsWith("order")
                .contains(middle)
                .endsWith(last);
        assertThat(result.cleanup().state()).as(log).isEqualTo(CleanupResult.State.NOT_NEEDED);
        assertThat(paypal.ofRun(result))
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.capturedMinor()).isEqualTo(captured);
                    assertThat(order.refundedMinor()).isEqualTo(captured);
                    assertThat(order.authorisedMinor()).isEqualTo(authorised);
                    assertThat(order.heldMinor()).isZero();
                });
        for (String hidden :
                List.of("4012888888881881", "4868719460707704", "client-secret-not", "A21AA")) {
            assertThat(log).doesNotContain(hidden);
        }
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    oauth2.token:status=500                      | order     | HTTP_5XX
                    orders.create:status=500                     | order     | HTTP_5XX
                    orders.create:status=503,when=after          | order     | HTTP_5XX
                    orders.create:status=429                     | order     | HTTP_429
                    orders.create:reset                          | order     | RESET
                    orders.create:reset,when=after               | order     | RESET
                    orders.create:blackhole                      | order     | TTFB_TIMEOUT
                    orders.create:blackhole,when=after           | order     | TTFB_TIMEOUT
                    orders.create:drip=10                        | order     | BODY_TIMEOUT
                    orders.create:malformed                      | order     | SCHEMA
                    orders.authorize:status=500                  | authorise | HTTP_5XX
                    orders.authorize:status=500,when=after       | authorise | HTTP_5XX
                    orders.authorize:status=503,when=after       | authorise | HTTP_5XX
                    orders.authorize:status=429                  | authorise | HTTP_429
                    orders.authorize:reset                       | authorise | RESET
                    orders.authorize:reset,when=after            | authorise | RESET
                    orders.authorize:blackhole                   | authorise | TTFB_TIMEOUT
                    orders.authorize:blackhole,when=after        | authorise | TTFB_TIMEOUT
                    orders.authorize:malformed                   | authorise | SCHEMA
                    orders.authorize:amount_offset=1             | authorise | AMOUNT_MISMATCH
                    orders.authorize:decline=5120                | authorise | DECLINED_UNEXPECTED
                    orders.authorize:decline=5910                | authorise | DECLINED_TECHNICAL
                    authorizations.capture:status=500            | capture   | HTTP_5XX
                    authorizations.capture:status=503,when=after | capture   | HTTP_5XX
                    authorizations.capture:reset                 | capture   | RESET
                    authorizations.capture:reset,when=after      | capture   | RESET
                    authorizations.capture:blackhole             | capture   | TTFB_TIMEOUT
                    authorizations.capture:blackhole,when=after  | capture   | TTFB_TIMEOUT
                    authorizations.capture:malformed             | capture   | SCHEMA
                    authorizations.capture:amount_offset=-1      | capture   | AMOUNT_MISMATCH
                    captures.refund:status=500                   | refund    | HTTP_5XX
                    captures.refund:status=503,when=after        | refund    | HTTP_5XX
                    captures.refund:reset                        | refund    | RESET
                    captures.refund:reset,when=after             | refund    | RESET
                    captures.refund:blackhole                    | refund    | TTFB_TIMEOUT
                    captures.refund:blackhole,when=after         | refund    | TTFB_TIMEOUT
                    captures.refund:malformed                    | refund    | SCHEMA
                    captures.refund:amount_offset=-1             | refund    | AMOUNT_MISMATCH
                    """)
    @DisplayName("A single fault is named with step and reason, and leaves no money behind")
    void capture_oneFault(String fault, String step, ProbeReason reason) throws Exception {
        oneFault(PAYMENT, fault, step, reason);
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    orders.authorize:blackhole,when=after     | authorise | TTFB_TIMEOUT
                    authorizations.void:status=500            | void      | HTTP_5XX
                    authorizations.void:status=503,when=after | void      | HTTP_5XX
                    authorizations.void:reset                 | void      | RESET
                    authorizations.void:reset,when=after      | void      | RESET
                    authorizations.void:blackhole             | void      | TTFB_TIMEOUT
                    authorizations.void:blackhole,when=after  | void      | TTFB_TIMEOUT
                    authorizations.void:malformed             | void      | SCHEMA
                    """)
    @DisplayName("A single fault while a hold is let go leaves no hold behind")
    void void_oneFault(String fault, String step, ProbeReason reason) throws Exception {
        oneFault("card-authorise-void", fault, step, reason);
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    orders.authorize:status=503,when=after | authorise | HTTP_5XX
                    orders.authorize:reset                 | authorise | RESET
                    orders.authorize:reset,when=after      | authorise | RESET
                    orders.authorize:blackhole,when=after  | authorise | TTFB_TIMEOUT
                    orders.authorize:decline=5910          | authorise | DECLINED_TECHNICAL
                    orders.authorize:decline=9999          | authorise | DECLINED_UNEXPECTED
                    orders.authorize:decline=0500          | authorise | ASSERTION
                    """)
    @DisplayName("A single fault is never taken for the decline that is expected")
    void decline_oneFault(String fault, String step, ProbeReason reason) throws Exception {
        oneFault("card-decline", fault, step, reason);
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    orders.create:status=500            | order | HTTP_5XX
                    orders.create:status=503,when=after | order | HTTP_5XX
                    orders.create:reset                 | order | RESET
                    orders.create:reset,when=after      | order | RESET
                    orders.create:blackhole,when=after  | order | TTFB_TIMEOUT
                    orders.create:malformed             | order | SCHEMA
                    """)
    @DisplayName("A single fault of an order that waits leaves nothing behind")
    void threeDSecure_oneFault(String fault, String step, ProbeReason reason) throws Exception {
        oneFault("three-d-secure", fault, step, reason);
    }

    private void oneFault(String plan, String fault, String step, ProbeReason reason)
            throws Exception {
        paypal.gateway.faults().install(fault + ",count=1");

        RunResult result = paypal.run(plan, true);

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo(step);
        assertThat(result.failure()).as(log).extracting(Failure::reason).isEqualTo(reason);
        assertThat(result.cleanup().state()).as(log).isNotEqualTo(CleanupResult.State.ORPHANED);
        assertThat(paypal.world().leftBehindMinor()).as(log).isZero();
        assertThat(paypal.gateway.ledger().payments()).as(log).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders.create", "authorizations.capture", "orders.authorize"})
    @DisplayName("What comes true only after the client gave up is settled by the next clean-up")
    void recover_lateCommit(String operation) throws Exception {
        paypal.gateway.faults().install(operation + ":latency=2s,when=before,count=1");
        Plan plan = PlanWorld.plan("paypal/" + PAYMENT, true);

        RunResult result = paypal.world().run(plan);

        assertThat(result.failure())
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.TTFB_TIMEOUT);
        await().atMost(30, TimeUnit.SECONDS)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    RecoveryReport report =
                            paypal.world()
                                    .prober()
                                    .recover(List.of(paypal.world().target(plan)))
                                    .await(20, TimeUnit.SECONDS);
                    assertThat(report.orphans()).isEmpty();
                });
        assertThat(paypal.world().leftBehindMinor()).isZero();
    }

    @ParameterizedTest(name = "{0} lost, PayPal down for {1}")
    @CsvSource({
        "orders.authorize, PT1M",
        "orders.authorize, PT7H",
        "authorizations.capture, PT1M",
        "authorizations.capture, PT7H",
        "captures.refund, PT1M",
    })
    @DisplayName("What cannot be cleaned while PayPal is down is cleaned after a restart")
    void recover_afterOutage(String operation, Duration outage) throws Exception {
        Plan plan = PlanWorld.plan("paypal/" + PAYMENT, true);
        paypal.gateway.faults().install(operation + ":reset,when=after");
        for (String read : List.of("orders.get", "authorizations.get", "captures.get")) {
            paypal.gateway.faults().install(read + ":status=503");
        }

        RunResult result = paypal.world().run(plan);
        String log = String.join("\n", result.debugLog());
        assertThat(result.cleanup().state()).as(log).isEqualTo(CleanupResult.State.ORPHANED);

        paypal.world().prober().close().await(60, TimeUnit.SECONDS);
        paypal.gateway.faults().clear();
        paypal.pass(outage);
        paypal.world().openProber();
        RecoveryReport report =
                paypal.world()
                        .prober()
                        .recover(List.of(paypal.world().target(plan)))
                        .await(60, TimeUnit.SECONDS);

        assertThat(report.orphans()).isEmpty();
        assertThat(report.cleaned()).containsExactly(result.runId());
        assertThat(paypal.world().leftBehindMinor()).isZero();
        assertThat(paypal.ofRun(result))
                .singleElement()
                .satisfies(order -> assertThat(order.authorisedMinor()).isEqualTo(1099));
    }

    @ParameterizedTest
    @CsvSource({
        "card-authorise-capture-refund, authorizations.capture, capture",
        "card-authorise-void, orders.authorize, authorise"
    })
    @DisplayName("A double charge is found by asking twice, and both charges are undone")
    void replayCheck_doubleCharge(String plan, String operation, String step) throws Exception {
        paypal.gateway.faults().install(operation + ":double_charge,count=1");

        RunResult result = paypal.run(plan, false);

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo(step);
        assertThat(result.failure())
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.REPLAY_MISMATCH);
        assertThat(result.cleanup().state()).as(log).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(paypal.world().leftBehindMinor()).as(log).isZero();
    }

    @Test
    @DisplayName("An approval of the card that must be declined is a failure, and is voided")
    void decline_approved() throws Exception {
        RunResult result =
                paypal.run("card-decline", Map.of("trigger", new Value.Text("Test Buyer")));

        assertThat(result.failure())
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.APPROVED_UNEXPECTED);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(paypal.world().leftBehindMinor()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"CCREJECT-REFUSED, 0500", "CCREJECT-CVV_F, 00N7", "CCREJECT-LS, 9520"})
    @DisplayName("Another documented rejection trigger passes with its own code")
    void decline_otherTrigger(String trigger, String code) throws Exception {
        RunResult result =
                paypal.run(
                        "card-decline",
                        Map.of(
                                "trigger", new Value.Text(trigger),
                                "code", new Value.Text(code)));

        assertThat(result.failure()).isNull();
    }

    @Test
    @DisplayName("A gateway that goes on without 3-D Secure fails, and the hold is voided")
    void threeDSecure_skipped() throws Exception {
        RunResult result =
                paypal.run("three-d-secure", Map.of("verification", new Value.Text("AVS_CVV")));

        assertThat(result.failedStep()).isEqualTo("order");
        assertThat(result.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.ASSERTION);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(paypal.ofRun(result))
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.authorisedMinor()).isEqualTo(1099);
                    assertThat(order.heldMinor()).isZero();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "webhook-captured, PAYMENT.CAPTURE.COMPLETED",
        "webhook-refunded, PAYMENT.CAPTURE.REFUNDED"
    })
    void webhook_lost(String step, String event) throws Exception {
        paypal.gateway.faults().install("webhooks:lost,events=" + event);

        RunResult result = paypal.run(PAYMENT, true);

        assertThat(result.failedStep()).isEqualTo(step);
        assertThat(result.failure())
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.WEBHOOK_MISSING);
        assertThat(paypal.world().leftBehindMinor()).isZero();
    }

    @Test
    @DisplayName("Certificate, token, API and status page are in order, and no token is shown")
    void health() throws Exception {
        RunResult result = paypal.checkHealth(false);

        String log = String.join("\n", result.debugLog());
        assertThat(result.failure()).as(log).isNull();
        assertThat(result.steps())
                .extracting(StepResult::step)
                .containsExactly("certificate", "token", "api", "status-page");
        assertThat(log).doesNotContain("A21AA", "client-secret-not");
        assertThat(paypal.gateway.ledger().payments()).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource({
        "connections:certificate=expired, certificate, TLS_EXPIRED",
        "oauth2.token:status=503, token, HTTP_5XX",
        "oauth2.token:malformed, token, SCHEMA",
        "captures.get:status=500, api, HTTP_5XX",
        "captures.get:blackhole, api, TTFB_TIMEOUT",
    })
    void health_fault(String fault, String step, ProbeReason reason) throws Exception {
        paypal.gateway.faults().install(fault);

        RunResult result = paypal.checkHealth(fault.contains("blackhole"));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo(step);
        assertThat(result.failure()).as(log).extracting(Failure::reason).isEqualTo(reason);
    }

    @Test
    void health_statusPageTellsAnOutage() throws Exception {
        paypal.gateway.faults().install("orders.create:status=503");

        RunResult result = paypal.checkHealth(false);

        assertThat(result.failedStep()).isEqualTo("status-page");
        assertThat(result.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.ASSERTION);
    }
}
