package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.ProbeSet;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.RunResult;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine ends soon, and money does not stay behind for it. */
class ShutdownTest {

    /** Longer than any test may take: what waits so long was not interrupted. */
    private static final String EVER = "timeout: 14m";

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

    private void assertEnded(RunResult result, String step) {
        assertThat(result.failedStep()).isEqualTo(step);
        assertThat(result.failure())
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(ProbeReason.AGENT_FAULT);
                    assertThat(failure.detail()).isEqualTo("the agent is shutting down");
                });
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(lab.gateway.payments().values()).containsExactly("voided");
    }

    @Test
    @DisplayName("A wait for a webhook ends at once, and what the run holds is given back")
    void close_duringWebhookWait() throws Exception {
        String plan =
                ProbeBench.PLAN
                        .replace("timeout: 20s", EVER)
                        .replace(
                                "always:",
                                """
                                  - name: heard
                                    timeout: 14m
                                    webhookArrives: payment.captured
                                always:\
                                """);
        Future<RunResult> run = lab.prober().runOnce(lab.target("p", plan, RunPolicy.DEFAULT));
        EngineLab.until(() -> lab.gateway.operations().contains("capture"));
        lab.prober().close().await(30, TimeUnit.SECONDS);
        assertEnded(run.await(1, TimeUnit.SECONDS), "heard");
    }

    @Test
    @DisplayName("A wait for the gateway's pace ends at once; the cleanup keeps the pace")
    void close_duringQueueWait() throws Exception {
        String plan = ProbeBench.PLAN.replace("timeout: 20s", EVER).replace("timeout: 5s", EVER);
        lab.apply(new GatewayPace(1, 1, 4));
        ProbeTarget greedy = EngineLab.target("greedy", plan, lab.gateway.url(), RunPolicy.DEFAULT);
        Future<RunResult> run = lab.prober().runOnce(greedy);
        EngineLab.until(() -> lab.gateway.operations().contains("create"));
        lab.prober().close().await(30, TimeUnit.SECONDS);
        assertEnded(run.await(1, TimeUnit.SECONDS), "capture");
        assertThat(lab.gateway.operations()).containsExactly("create", "void");
    }

    @Test
    @DisplayName("After the end nothing begins, and it says why")
    void close_thenNothing() throws Exception {
        ProbeTarget target = lab.target("p", ProbeBench.PLAN, RunPolicy.DEFAULT);
        lab.prober().close().await(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> lab.prober().runOnce(target).await(5, TimeUnit.SECONDS))
                .hasMessage("The engine is closing");
        assertThatThrownBy(() ->
                        lab.prober().apply(ProbeSet.of(List.of(target))).await(5, TimeUnit.SECONDS))
                .hasMessage("The engine is closing");
        assertThat(lab.gateway.connections()).isZero();
    }
}
