package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failed run is repeated at once, as evidence. */
class ConfirmationTest {

    private static final RunPolicy CONFIRM = new RunPolicy(true, List.of());

    @TempDir Path directory;
    private EngineLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = new EngineLab(directory).open();
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private long confirmations() {
        return lab.runs.stream().filter(RunResult::confirmation).count();
    }

    @Test
    @DisplayName("A failure that does not last: the run counts, its confirmation passed")
    void confirm_passes() throws Exception {
        lab.gateway.fail("create", AcmeGateway.Fault.STATUS_500);
        lab.apply(EngineLab.FAST, lab.target("p", ProbeBench.PLAN, CONFIRM));
        EngineLab.until(() -> lab.runs.size() >= 3);

        assertThat(lab.runs.subList(0, 3))
                .extracting(RunResult::confirmation, run -> run.outcome())
                .containsExactly(
                        tuple(false, RunResult.Outcome.FAILED),
                        tuple(true, RunResult.Outcome.PASSED),
                        tuple(false, RunResult.Outcome.PASSED));
        assertThat(lab.completed("p").subList(0, 3))
                .extracting(RunCompleted::confirmation)
                .containsExactly(false, true, false);
        assertThat(lab.runs).extracting(RunResult::runId).doesNotHaveDuplicates();
        assertThat(lab.runs.get(1).cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        // A confirmation has no slot of its own.
        assertThat(lab.slots("p")).hasSizeLessThanOrEqualTo(lab.runs.size());
    }

    @Test
    @DisplayName("A failure that lasts is confirmed once, not until it passes")
    void confirm_fails() throws Exception {
        AcmeGateway.Fault no = AcmeGateway.Fault.DECLINE;
        lab.gateway.fail("create", no, no, no, no);
        lab.apply(EngineLab.FAST, lab.target("p", ProbeBench.PLAN, CONFIRM));
        EngineLab.until(() -> lab.runs.size() >= 5);

        assertThat(lab.runs.subList(0, 5))
                .extracting(RunResult::confirmation)
                .containsExactly(false, true, false, true, false);
        assertThat(lab.runs.get(1).failure())
                .satisfies(failure ->
                        assertThat(failure.reason()).isEqualTo(ProbeReason.DECLINED_UNEXPECTED));
    }

    @Test
    @DisplayName("Without the policy, and for a run by hand, a failure is not confirmed")
    void confirm_notAsked() throws Exception {
        AcmeGateway.Fault no = AcmeGateway.Fault.DECLINE;
        lab.gateway.fail("create", no, no, no);
        lab.prober()
                .runOnce(lab.target("by-hand", ProbeBench.PLAN, CONFIRM))
                .await(20, TimeUnit.SECONDS);
        lab.apply(EngineLab.FAST, lab.target("p", ProbeBench.PLAN, RunPolicy.DEFAULT));
        EngineLab.until(() -> lab.runs.size() >= 4);
        assertThat(confirmations()).isZero();
    }

    @Test
    @DisplayName("No confirmation when the day's budget has no whole run left")
    void confirm_budget() throws Exception {
        lab.gateway.fail("create", AcmeGateway.Fault.STATUS_500);
        String oneAndAHalf = ProbeBench.PLAN.replace("perDay: 100000", "perDay: 999");
        lab.apply(EngineLab.FAST, lab.target("p", oneAndAHalf, CONFIRM));
        EngineLab.until(() -> lab.runs.size() >= 2);
        assertThat(lab.runs.get(1).confirmation()).isFalse();
        assertThat(lab.runs.get(1).failure())
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(ProbeReason.BUDGET));
        assertThat(confirmations()).isZero();
    }

    @Test
    @DisplayName("No confirmation when the pace of the gateway leaves no room for it")
    void confirm_pace() throws Exception {
        lab.gateway.fail("create", AcmeGateway.Fault.STATUS_500);
        // The failed run takes three: create, find, undo. One more comes after ten seconds.
        lab.apply(
                new GatewayPace(1, 3, 4),
                lab.target("p", ProbeBench.PLAN.replace("timeout: 5s", "timeout: 200ms"), CONFIRM));
        EngineLab.until(() -> lab.runs.size() >= 2);
        assertThat(lab.runs.getFirst().outcome()).isEqualTo(RunResult.Outcome.FAILED);
        assertThat(confirmations()).isZero();
    }
}
