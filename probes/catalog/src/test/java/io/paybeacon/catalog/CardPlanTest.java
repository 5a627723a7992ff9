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

class CardPlanTest {
    private static final String PAYMENT = "card/card-capture-refund";
    private static final String KEY = "card_test_sandbox_not_a_real_key";

    @TempDir Path dataDirectory;
    private PlanWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new PlanWorld(dataDirectory, GatewayKind.CARD, Map.of("key", KEY));
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "card/card-capture-refund, 'authorize,capture,refund', refunded",
        "card/card-decline, authorize, declined",
        "card/card-challenge, 'authorize,give-up', voided",
    })
    @DisplayName("Every shipped plan passes, unchanged, and leaves nothing")
    void run_healthyGateway(String name, String steps, String status) throws Exception {
        RunResult result = world.run(PlanWorld.plan(name, false));

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
        assertThat(log).doesNotContain(KEY);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2} {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    payment | authorizations.create:status=500 | authorize | HTTP_5XX
                    payment | authorizations.create:status=503,when=after | authorize | HTTP_5XX
                    payment | authorizations.create:status=429 | authorize | HTTP_429
                    payment | authorizations.create:reset | authorize | RESET
                    payment | authorizations.create:reset,when=after | authorize | RESET
                    payment | authorizations.create:blackhole | authorize | TTFB_TIMEOUT
                    payment | authorizations.create:blackhole,when=after | authorize | TTFB_TIMEOUT
                    payment | authorizations.create:drip=10 | authorize | BODY_TIMEOUT
                    payment | authorizations.create:malformed | authorize | SCHEMA
                    payment | authorizations.create:amount_offset=1 | authorize | AMOUNT_MISMATCH
                    payment | authorizations.create:decline=91 | authorize | DECLINED_TECHNICAL
                    payment | authorizations.create:decline=05 | authorize | DECLINED_UNEXPECTED
                    payment | authorizations.create:close,when=after | authorize | CLOSED
                    payment | authorizations.capture:status=500 | capture | HTTP_5XX
                    payment | authorizations.capture:status=503,when=after | capture | HTTP_5XX
                    payment | authorizations.capture:reset | capture | RESET
                    payment | authorizations.capture:reset,when=after | capture | RESET
                    payment | authorizations.capture:blackhole | capture | TTFB_TIMEOUT
                    payment | authorizations.capture:blackhole,when=after | capture | TTFB_TIMEOUT
                    payment | authorizations.capture:malformed | capture | SCHEMA
                    payment | authorizations.capture:amount_offset=-1 | capture | AMOUNT_MISMATCH
                    payment | captures.refund:status=500 | refund | HTTP_5XX
                    payment | captures.refund:status=503,when=after | refund | HTTP_5XX
                    payment | captures.refund:reset | refund | RESET
                    payment | captures.refund:reset,when=after | refund | RESET
                    payment | captures.refund:blackhole | refund | TTFB_TIMEOUT
                    payment | captures.refund:blackhole,when=after | refund | TTFB_TIMEOUT
                    payment | captures.refund:malformed | refund | SCHEMA
                    payment | captures.refund:amount_offset=-1 | refund | AMOUNT_MISMATCH
                    decline | authorizations.create:status=503,when=after | authorize | HTTP_5XX
                    decline | authorizations.create:reset | authorize | RESET
                    decline | authorizations.create:reset,when=after | authorize | RESET
                    decline | authorizations.create:decline=05 | authorize | DECLINED_UNEXPECTED
                    challenge | authorizations.create:status=500 | authorize | HTTP_5XX
                    challenge | authorizations.create:blackhole,when=after|authorize|TTFB_TIMEOUT
                    challenge | authorizations.create:decline=05 | authorize | DECLINED_UNEXPECTED
                    challenge | authorizations.void:reset,when=after | give-up | RESET
                    challenge | authorizations.void:status=500 | give-up | HTTP_5XX
                    """)
    @DisplayName("A single fault is named with step and reason, and leaves no money behind")
    void run_oneFault(String plan, String fault, String step, ProbeReason reason) throws Exception {
        world.gateway.faults().install(fault + ",count=1");

        RunResult result =
                world.run(
                        PlanWorld.plan(
                                plan.equals("payment") ? PAYMENT : "card/card-" + plan, true));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo(step);
        assertThat(result.failure()).as(log).extracting(Failure::reason).isEqualTo(reason);
        assertThat(result.cleanup().state()).as(log).isNotEqualTo(CleanupResult.State.ORPHANED);
        assertThat(world.leftBehindMinor()).as(log).isZero();
        assertThat(world.gateway.ledger().payments())
                .as(log)
                .hasSizeLessThanOrEqualTo(1)
                .noneMatch(p -> p.status().equals("challenge_required"));
    }

    @ParameterizedTest
    @CsvSource({"authorizations.create", "authorizations.capture", "captures.refund"})
    @DisplayName("What cannot be cleaned while the gateway is down is cleaned after a restart")
    void recover_afterOutage(String operation) throws Exception {
        Plan plan = PlanWorld.plan(PAYMENT, true);
        world.gateway.faults().install(operation + ":reset,when=after");
        for (String cleanup : List.of("authorizations.retrieve", "authorizations.search")) {
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
        assertThat(world.prober().orphans().await(5, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    @DisplayName("A second authorisation under the same key is noticed, and both are voided")
    void run_chargedTwice() throws Exception {
        world.gateway.faults().install("authorizations.create:double_charge,count=1");

        RunResult result = world.run(PlanWorld.plan(PAYMENT, false));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo("authorize");
        assertThat(result.failure())
                .as(log)
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.REPLAY_MISMATCH);
        assertThat(world.gateway.ledger().payments())
                .hasSize(2)
                .allMatch(p -> p.status().equals("voided"));
    }

    @Test
    @DisplayName("An approval of the card that must be declined is a failure, and is voided")
    void run_approvedUnexpectedly() throws Exception {
        ProbeTarget target =
                world.target(
                        PlanWorld.plan("card/card-decline", false),
                        Map.of("number", new Value.Text("9999990000000006")));

        RunResult result = world.prober().runOnce(target).await(60, TimeUnit.SECONDS);

        assertThat(result.failure())
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.APPROVED_UNEXPECTED);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(world.leftBehindMinor()).isZero();
    }
}
