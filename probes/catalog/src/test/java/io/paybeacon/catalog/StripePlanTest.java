package io.paybeacon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
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

class StripePlanTest {

    @TempDir Path dataDirectory;
    private PlanWorld world;
    private Vertx vertx;
    private RunWebhooks webhooks;

    @BeforeEach
    void start() throws Exception {
        world =
                new PlanWorld(
                        dataDirectory,
                        GatewayKind.STRIPE,
                        Map.of("key", SandboxOptions.API_KEY_DEFAULT));
        vertx = Vertx.vertx();
        webhooks = new RunWebhooks(vertx, 0, GatewayKind.STRIPE, world::prober);
        world.gateway.registerWebhook(webhooks.url(), "whsec_for_this_test");
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
        webhooks.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static Plan plan(boolean impatient) {
        return PlanWorld.plan("stripe/card-capture-refund", impatient);
    }

    private long openPayments() {
        return world.gateway.ledger().payments().stream()
                .filter(p -> !p.status().equals("canceled") && !p.status().equals("succeeded"))
                .count();
    }

    @Test
    @DisplayName("The shipped plan passes, unchanged, and leaves nothing")
    void run_healthyGateway() throws Exception {
        RunResult result = world.run(plan(false));

        assertThat(result.debugLog()).as("debug log").isNotEmpty();
        assertThat(result.failure()).as(String.join("\n", result.debugLog())).isNull();
        assertThat(result.steps())
                .extracting(StepResult::step)
                .containsExactly("create", "confirm", "capture", "refund", "webhook");
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.NOT_NEEDED);
        assertThat(world.gateway.ledger().withMetadata("paybeacon_run", result.runId()))
                .singleElement()
                .satisfies(payment -> {
                    assertThat(payment.capturedMinor()).isEqualTo(1099);
                    assertThat(payment.refundedMinor()).isEqualTo(1099);
                });
        assertThat(world.events).singleElement().isInstanceOf(ProbeEvent.RunCompleted.class);
        assertThat(String.join("\n", result.debugLog()))
                .doesNotContain(SandboxOptions.API_KEY_DEFAULT);
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    payment_intents.create:status=500                | create  | HTTP_5XX
                    payment_intents.create:status=500,when=after     | create  | HTTP_5XX
                    payment_intents.create:reset                     | create  | RESET
                    payment_intents.create:reset,when=after          | create  | RESET
                    payment_intents.create:blackhole                 | create  | TTFB_TIMEOUT
                    payment_intents.create:blackhole,when=after      | create  | TTFB_TIMEOUT
                    payment_intents.create:drip=10                   | create  | BODY_TIMEOUT
                    payment_intents.create:malformed                 | create  | SCHEMA
                    payment_intents.create:amount_offset=1           | create  | AMOUNT_MISMATCH
                    payment_intents.create:status=429                | create  | HTTP_429
                    payment_intents.confirm:status=500               | confirm | HTTP_5XX
                    payment_intents.confirm:status=503,when=after    | confirm | HTTP_5XX
                    payment_intents.confirm:reset,when=after         | confirm | RESET
                    payment_intents.confirm:blackhole,when=after     | confirm | TTFB_TIMEOUT
                    payment_intents.confirm:malformed                | confirm | SCHEMA
                    payment_intents.confirm:decline=do_not_honor     | confirm | DECLINED_UNEXPECTED
                    payment_intents.capture:status=500               | capture | HTTP_5XX
                    payment_intents.capture:status=500,when=after    | capture | HTTP_5XX
                    payment_intents.capture:reset                    | capture | RESET
                    payment_intents.capture:reset,when=after         | capture | RESET
                    payment_intents.capture:blackhole                | capture | TTFB_TIMEOUT
                    payment_intents.capture:blackhole,when=after     | capture | TTFB_TIMEOUT
                    payment_intents.capture:malformed                | capture | SCHEMA
                    refunds.create:status=500                        | refund  | HTTP_5XX
                    refunds.create:status=500,when=after             | refund  | HTTP_5XX
                    refunds.create:reset                             | refund  | RESET
                    refunds.create:reset,when=after                  | refund  | RESET
                    refunds.create:blackhole                         | refund  | TTFB_TIMEOUT
                    refunds.create:blackhole,when=after              | refund  | TTFB_TIMEOUT
                    refunds.create:malformed                         | refund  | SCHEMA
                    webhooks:lost                                    | webhook | WEBHOOK_MISSING
                    """)
    @DisplayName("A single fault is named with step and reason, and leaves no money behind")
    void run_oneFault(String fault, String step, ProbeReason reason) throws Exception {
        boolean webhook = fault.startsWith("webhooks");
        world.gateway.faults().install(fault + (webhook ? "" : ",count=1"));

        RunResult result = world.run(plan(true));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo(step);
        assertThat(result.failure()).as(log).extracting(Failure::reason).isEqualTo(reason);
        assertThat(result.cleanup().state()).as(log).isNotEqualTo(CleanupResult.State.ORPHANED);
        assertThat(world.leftBehindMinor()).as(log).isZero();
        assertThat(openPayments()).as(log).isZero();
        assertThat(world.gateway.ledger().payments()).as(log).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"payment_intents.confirm", "payment_intents.capture", "refunds.create"})
    @DisplayName("What cannot be cleaned while the gateway is down is cleaned after a restart")
    void recover_afterOutage(String operation) throws Exception {
        Plan plan = plan(true);
        world.gateway.faults().install(operation + ":reset,when=after");
        for (String cleanup :
                List.of("payment_intents.retrieve", "payment_intents.search", "refunds.create")) {
            world.gateway.faults().install(cleanup + ":status=503");
        }

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
        assertThat(openPayments()).isZero();
        assertThat(world.prober().orphans().await(5, TimeUnit.SECONDS)).isEmpty();
        assertThat(world.events).last().isInstanceOf(ProbeEvent.OrphanSettled.class);
    }

    @Test
    @DisplayName("The next run of the probe cleans what an earlier one left")
    void run_cleansLeftovers() throws Exception {
        Plan plan = plan(true);
        world.gateway.faults().install("payment_intents.capture:reset,when=after");
        world.gateway.faults().install("payment_intents.retrieve:status=503");
        assertThat(world.run(plan).cleanup().state()).isEqualTo(CleanupResult.State.ORPHANED);

        world.gateway.faults().clear();
        assertThat(world.run(plan).failure()).isNull();

        assertThat(world.leftBehindMinor()).isZero();
        assertThat(world.prober().orphans().await(5, TimeUnit.SECONDS)).isEmpty();
    }
}
