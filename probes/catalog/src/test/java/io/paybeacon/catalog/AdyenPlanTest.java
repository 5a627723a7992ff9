package io.paybeacon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
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

class AdyenPlanTest {
    private static final String KEY = "AQE-sandbox-not-a-real-key";

    @TempDir Path dataDirectory;
    private PlanWorld world;
    private Vertx vertx;
    private RunWebhooks webhooks;

    @BeforeEach
    void start() throws Exception {
        world = new PlanWorld(dataDirectory, GatewayKind.ADYEN, Map.of("key", KEY));
        vertx = Vertx.vertx();
        webhooks = new RunWebhooks(vertx, 0, GatewayKind.ADYEN, world::prober);
        world.gateway.registerWebhook(webhooks.url(), "0123456789ABCDEF".repeat(4));
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
        webhooks.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "card-capture-refund, 'pay,capture,captured,refund,refunded', Refunded",
        "card-cancel, 'pay,cancel,cancelled', Cancelled",
        "card-refused, pay, Refused",
        "three-d-secure, 'pay,give-up', RedirectShopper",
    })
    @DisplayName("Every shipped plan passes, unchanged, and leaves nothing")
    void run_healthyGateway(String name, String steps, String status) throws Exception {
        RunResult result = world.run(PlanWorld.plan("adyen/" + name, false));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failure()).as(log).isNull();
        assertThat(result.steps())
                .extracting(StepResult::step)
                .containsExactly(steps.split(",", -1));
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.NOT_NEEDED);
        assertThat(world.gateway.ledger().withMetadata("paybeacon_run", result.runId()))
                .singleElement()
                .extracting(LedgerEntry::status)
                .isEqualTo(status);
        assertThat(world.leftBehindMinor()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"card-capture-refund, 4111111111111111", "three-d-secure, 4212345678910006"})
    @DisplayName("Neither the key nor the card's number is in the debug log")
    void run_keepsSecrets(String name, String number) throws Exception {
        RunResult result = world.run(PlanWorld.plan("adyen/" + name, false));

        String log = String.join("\n", result.debugLog());
        assertThat(log).contains("encryptedCardNumber").doesNotContain(number, KEY);
    }

    private static final String FAULTS =
            """
            card-capture-refund | payments.create:status=500 | pay | HTTP_5XX
            card-capture-refund | payments.create:status=500,when=after | pay | HTTP_5XX
            card-capture-refund | payments.create:status=503,when=after | pay | HTTP_5XX
            card-capture-refund | payments.create:status=429 | pay | HTTP_429
            card-capture-refund | payments.create:reset | pay | RESET
            card-capture-refund | payments.create:reset,when=after | pay | RESET
            card-capture-refund | payments.create:blackhole | pay | TTFB_TIMEOUT
            card-capture-refund | payments.create:blackhole,when=after | pay | TTFB_TIMEOUT
            card-capture-refund | payments.create:drip=10 | pay | BODY_TIMEOUT
            card-capture-refund | payments.create:malformed | pay | SCHEMA
            card-capture-refund | payments.create:amount_offset=1 | pay | AMOUNT_MISMATCH
            card-capture-refund | payments.create:decline=2 | pay | DECLINED_UNEXPECTED
            card-capture-refund | payments.create:decline=9 | pay | DECLINED_TECHNICAL
            card-capture-refund | captures.create:status=500 | capture | HTTP_5XX
            card-capture-refund | captures.create:status=500,when=after | capture | HTTP_5XX
            card-capture-refund | captures.create:reset | capture | RESET
            card-capture-refund | captures.create:reset,when=after | capture | RESET
            card-capture-refund | captures.create:blackhole | capture | TTFB_TIMEOUT
            card-capture-refund | captures.create:blackhole,when=after | capture | TTFB_TIMEOUT
            card-capture-refund | captures.create:malformed | capture | SCHEMA
            card-capture-refund | captures.create:amount_offset=-1 | capture | AMOUNT_MISMATCH
            card-capture-refund | webhooks:lost,events=CAPTURE | captured | WEBHOOK_MISSING
            card-capture-refund | refunds.create:status=500 | refund | HTTP_5XX
            card-capture-refund | refunds.create:status=500,when=after | refund | HTTP_5XX
            card-capture-refund | refunds.create:reset | refund | RESET
            card-capture-refund | refunds.create:reset,when=after | refund | RESET
            card-capture-refund | refunds.create:blackhole | refund | TTFB_TIMEOUT
            card-capture-refund | refunds.create:blackhole,when=after | refund | TTFB_TIMEOUT
            card-capture-refund | refunds.create:malformed | refund | SCHEMA
            card-capture-refund | webhooks:lost,events=REFUND | refunded | WEBHOOK_MISSING
            card-cancel | payments.create:reset,when=after | pay | RESET
            card-cancel | cancels.create:status=500 | cancel | HTTP_5XX
            card-cancel | cancels.create:status=500,when=after | cancel | HTTP_5XX
            card-cancel | cancels.create:reset | cancel | RESET
            card-cancel | cancels.create:reset,when=after | cancel | RESET
            card-cancel | cancels.create:blackhole | cancel | TTFB_TIMEOUT
            card-cancel | cancels.create:blackhole,when=after | cancel | TTFB_TIMEOUT
            card-cancel | cancels.create:malformed | cancel | SCHEMA
            card-refused | payments.create:status=500 | pay | HTTP_5XX
            card-refused | payments.create:reset,when=after | pay | RESET
            card-refused | payments.create:blackhole | pay | TTFB_TIMEOUT
            card-refused | payments.create:decline=2 | pay | DECLINED_UNEXPECTED
            three-d-secure | payments.create:status=500,when=after | pay | HTTP_5XX
            three-d-secure | payments.create:reset,when=after | pay | RESET
            three-d-secure | payments.create:blackhole | pay | TTFB_TIMEOUT
            three-d-secure | payments.create:malformed | pay | SCHEMA
            three-d-secure | technical_cancels.create:status=500 | give-up | HTTP_5XX
            three-d-secure | technical_cancels.create:reset | give-up | RESET
            """;

    @ParameterizedTest(name = "{0}: {1} -> {2} {3}")
    @CsvSource(delimiter = '|', textBlock = FAULTS)
    @DisplayName("A single fault is named with step and reason, and leaves no money behind")
    void run_oneFault(String plan, String fault, String step, ProbeReason reason) throws Exception {
        boolean webhook = fault.startsWith("webhooks");
        world.gateway.faults().install(fault + (webhook ? "" : ",count=1"));

        RunResult result = world.run(PlanWorld.plan("adyen/" + plan, true));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo(step);
        assertThat(result.failure()).as(log).extracting(Failure::reason).isEqualTo(reason);
        assertThat(result.cleanup().state()).as(log).isNotEqualTo(CleanupResult.State.ORPHANED);
        assertThat(world.leftBehindMinor()).as(log).isZero();
        assertThat(world.gateway.ledger().payments()).as(log).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "{0}, cleanup fails at {1}")
    @CsvSource({
        "payments.create, technical_cancels.create",
        "captures.create, reversals.create",
        "refunds.create, reversals.create"
    })
    @DisplayName("What cannot be cleaned while the gateway is down is cleaned after a restart")
    void recover_afterOutage(String operation, String cleanup) throws Exception {
        Plan plan = PlanWorld.plan("adyen/card-capture-refund", true);
        world.gateway.faults().install(operation + ":reset,when=after");
        world.gateway.faults().install(cleanup + ":status=503");

        RunResult result = world.run(plan);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.ORPHANED);
        assertThat(world.prober().orphans().await(5, TimeUnit.SECONDS)).hasSize(1);

        world.prober().close().await(60, TimeUnit.SECONDS);
        world.gateway.faults().clear();
        world.openProber();
        RecoveryReport report =
                world.prober().recover(List.of(world.target(plan))).await(60, TimeUnit.SECONDS);

        assertThat(report.orphans()).isEmpty();
        assertThat(report.cleaned()).containsExactly(result.runId());
        assertThat(world.leftBehindMinor()).isZero();
        assertThat(world.prober().orphans().await(5, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    @DisplayName("A second payment under the same key is noticed, and both are undone")
    void run_paidTwice() throws Exception {
        world.gateway.faults().install("payments.create:double_charge");

        RunResult result = world.run(PlanWorld.plan("adyen/card-cancel", false));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo("pay");
        assertThat(result.failure())
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.REPLAY_MISMATCH);
        assertThat(world.gateway.ledger().payments()).hasSize(2);
        assertThat(world.leftBehindMinor()).as(log).isZero();
    }

    @Test
    @DisplayName("A capture that is taken twice when its lost answer is asked for is given back")
    void run_capturedTwice() throws Exception {
        world.gateway.faults().install("captures.create:reset,when=after,count=1");
        world.gateway.faults().install("captures.create:double_charge");

        RunResult result = world.run(PlanWorld.plan("adyen/card-capture-refund", false));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo("capture");
        assertThat(world.gateway.ledger().payments())
                .singleElement()
                .extracting(LedgerEntry::capturedMinor)
                .isEqualTo(2198L);
        assertThat(world.leftBehindMinor()).as(log).isZero();
    }

    @Test
    @DisplayName("An approval of the card that must be refused is a failure, and is undone")
    void run_approvedUnexpectedly() throws Exception {
        RunResult result = runWith("adyen/card-refused", "holderName", "Paybeacon Probe");

        assertThat(result.failure())
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.APPROVED_UNEXPECTED);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(world.leftBehindMinor()).isZero();
    }

    @Test
    @DisplayName("An approval without the 3-D Secure that is expected is a failure, and is undone")
    void run_notChallenged() throws Exception {
        RunResult result = runWith("adyen/three-d-secure", "cardNumber", "test_4111111111111111");

        assertThat(result.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.ASSERTION);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(world.leftBehindMinor()).isZero();
        assertThat(world.gateway.ledger().payments()).hasSize(1);
    }

    @Test
    @DisplayName("A capture that was received but failed is told by its webhook, and undone")
    void run_captureFails() throws Exception {
        String shipped = Catalog.open("adyen/card-capture-refund");
        String tooMuch =
                shipped.replaceAll("timeout: (1[05]|60)s", "timeout: 700ms")
                        .replaceFirst("(?s)(/captures.*?)value: \"\\$\\{amount}\"", "$1value: 1100")
                        .replaceFirst(
                                "(?s)(paymentPspReference.*?)equals: \\$\\{amount} ",
                                "$1equals: 1100 ");
        RunResult result = world.run(PlanWorld.read("too-much.yaml", tooMuch));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo("captured");
        assertThat(result.failure())
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.WEBHOOK_MISSING);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(world.leftBehindMinor()).isZero();
    }

    private RunResult runWith(String name, String variable, String value) throws Exception {
        ProbeTarget target =
                world.target(PlanWorld.plan(name, false), Map.of(variable, new Value.Text(value)));
        return world.prober().runOnce(target).await(60, TimeUnit.SECONDS);
    }
}
