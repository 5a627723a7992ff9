package io.paybeacon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Stripe plans beside the payment from end to end, which has a test of its own. */
class StripeOtherPlansTest {
    @TempDir Path dataDirectory;
    private PlanWorld world;

    @BeforeEach
    void start() throws Exception {
        world =
                new PlanWorld(
                        dataDirectory,
                        GatewayKind.STRIPE,
                        Map.of("key", SandboxOptions.API_KEY_DEFAULT));
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"stripe/card-decline", "stripe/three-d-secure"})
    @DisplayName("The expected decline or challenge is a pass, and the payment is cancelled")
    void run_healthyGateway(String name) throws Exception {
        RunResult result = world.run(PlanWorld.plan(name, false));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failure()).as(log).isNull();
        assertThat(result.steps())
                .extracting(StepResult::step)
                .containsExactly("create", "confirm", "give-up");
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.NOT_NEEDED);
        assertThat(world.gateway.ledger().withMetadata("paybeacon_run", result.runId()))
                .singleElement()
                .extracting(LedgerEntry::status)
                .isEqualTo("canceled");
        assertThat(world.leftBehindMinor()).isZero();
        assertThat(log).doesNotContain(SandboxOptions.API_KEY_DEFAULT);
    }

    @Test
    @DisplayName("The balance is read, before any money moved and afterwards")
    void run_balance() throws Exception {
        assertPassed(world.run(PlanWorld.plan("stripe/balance", false)));
        world.run(PlanWorld.plan("stripe/card-decline", false));
        assertPassed(world.run(PlanWorld.plan("stripe/balance", false)));
    }

    private static final String FAULTS =
            """
            card-decline | pi.create:reset,when=after | create | RESET
            card-decline | pi.create:blackhole | create | TTFB_TIMEOUT
            card-decline | pi.confirm:status=500 | confirm | HTTP_5XX
            card-decline | pi.confirm:reset,when=after | confirm | RESET
            card-decline | pi.confirm:decline=do_not_honor | confirm | DECLINED_UNEXPECTED
            card-decline | pi.confirm:decline=processing_error | confirm | DECLINED_TECHNICAL
            card-decline | pi.cancel:status=503 | give-up | HTTP_5XX
            card-decline | pi.cancel:reset,when=after | give-up | RESET
            three-d-secure | pi.create:malformed | create | SCHEMA
            three-d-secure | pi.confirm:status=503,when=after | confirm | HTTP_5XX
            three-d-secure | pi.confirm:reset | confirm | RESET
            three-d-secure | pi.confirm:blackhole,when=after | confirm | TTFB_TIMEOUT
            three-d-secure | pi.confirm:malformed | confirm | SCHEMA
            three-d-secure | pi.cancel:reset | give-up | RESET
            balance | balance.retrieve:status=500 | balance | HTTP_5XX
            balance | balance.retrieve:malformed | balance | SCHEMA
            """;

    @ParameterizedTest(name = "{0}: {1} -> {2} {3}")
    @CsvSource(delimiter = '|', textBlock = FAULTS)
    @DisplayName("A single fault is named with step and reason, and leaves nothing open")
    void run_oneFault(String plan, String fault, String step, ProbeReason reason) throws Exception {
        world.gateway.faults().install(fault.replace("pi.", "payment_intents.") + ",count=1");

        RunResult result = world.run(PlanWorld.plan("stripe/" + plan, true));

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo(step);
        assertThat(result.failure()).as(log).extracting(Failure::reason).isEqualTo(reason);
        assertThat(result.cleanup().state()).as(log).isNotEqualTo(CleanupResult.State.ORPHANED);
        assertThat(world.leftBehindMinor()).as(log).isZero();
        assertThat(world.gateway.ledger().payments())
                .as(log)
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(payment -> payment.status().equals("canceled"));
    }

    @ParameterizedTest
    @CsvSource({"card-decline, APPROVED_UNEXPECTED", "three-d-secure, ASSERTION"})
    @DisplayName("An approval of the card that must not get through is a failure, and is undone")
    void run_approvedUnexpectedly(String plan, ProbeReason reason) throws Exception {
        ProbeTarget target =
                world.target(
                        PlanWorld.plan("stripe/" + plan, false),
                        Map.of("card", new Value.Text("pm_card_visa")));

        RunResult result = world.prober().runOnce(target).await(60, TimeUnit.SECONDS);

        assertThat(result.failure()).extracting(Failure::reason).isEqualTo(reason);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(world.leftBehindMinor()).isZero();
    }

    private static void assertPassed(RunResult result) {
        assertThat(result.failure()).as(String.join("\n", result.debugLog())).isNull();
    }
}
