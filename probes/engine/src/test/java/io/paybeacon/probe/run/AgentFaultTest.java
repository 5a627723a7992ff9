package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.EventExecutor;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.health.Canary;
import io.paybeacon.probe.health.HealthCheck;
import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.RunResult;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's own troubles are not booked as the gateway's. */
class AgentFaultTest {

    @TempDir Path directory;
    private EngineLab lab;
    private ServerSocket canary;

    @BeforeEach
    void start() throws Exception {
        lab = new EngineLab(directory);
        canary = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        canary.close();
    }

    private static HealthSettings canaries(String... canaries) {
        HealthSettings quick =
                new HealthSettings(
                        List.of(),
                        Duration.ofMillis(500),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2));
        return quick.withCanaries(List.of(canaries).stream().map(Canary::parse).toList());
    }

    private RunResult run() throws Exception {
        return lab.prober()
                .runOnce(lab.target("p", ProbeBench.PLAN, RunPolicy.DEFAULT))
                .await(30, TimeUnit.SECONDS);
    }

    private static void assertExcused(RunResult result, HealthCheck check) {
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.NOT_COUNTED);
        assertThat(result.failure())
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(ProbeReason.AGENT_FAULT);
                    assertThat(failure.detail())
                            .startsWith("the agent itself was ill (" + check.label() + "): ");
                });
    }

    private List<HealthCheck> ill() {
        return lab.changes.stream()
                .filter(state -> !state.well())
                .map(state -> state.check())
                .toList();
    }

    @Test
    @DisplayName("The network is cut: no failure of the gateway, one illness of the agent")
    void egress_cut() throws Exception {
        lab.open(canaries("tcp://127.0.0.1:" + canary.getLocalPort()), null);
        assertThat(run().outcome()).isEqualTo(RunResult.Outcome.PASSED);
        // All is cut at once, in the middle of a run.
        lab.gateway.onRequest(request -> {
            if (request.contains("/capture")) {
                try {
                    canary.close();
                    lab.gateway.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        RunResult cut = run();
        assertExcused(cut, HealthCheck.EGRESS);
        assertThat(cut.failedStep()).isEqualTo("capture");
        assertThat(cut.failure().detail()).contains("; it saw ");
        for (int i = 0; i < 3; i++) {
            assertExcused(run(), HealthCheck.EGRESS);
        }
        EngineLab.until(() -> ill().equals(List.of(HealthCheck.EGRESS)));
    }

    @Test
    @DisplayName("A gateway that is down while the canary answers has failed")
    void egress_well() throws Exception {
        lab.open(canaries("tcp://127.0.0.1:" + canary.getLocalPort()), null);
        lab.gateway.close();
        RunResult down = run();
        assertThat(down.outcome()).isEqualTo(RunResult.Outcome.FAILED);
        assertThat(down.failure().reason()).isEqualTo(ProbeReason.CONNECT_REFUSED);
        assertThat(ill()).isEmpty();
    }

    @Test
    @DisplayName("Without canaries nothing is inferred about the network")
    void egress_unknown() throws Exception {
        lab.open();
        lab.gateway.close();
        assertThat(run().outcome()).isEqualTo(RunResult.Outcome.FAILED);
    }

    @Test
    @DisplayName("A name server that never answers is no failure of the gateway")
    void nameServer_silent() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            lab.open(
                    canaries("dns://canary.example"),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort()));
            ProbeTarget target =
                    EngineLab.target(
                            "p",
                            ProbeBench.PLAN.replace("timeout: 5s", "timeout: 700ms"),
                            "http://gateway.example:80",
                            RunPolicy.DEFAULT);
            for (int i = 0; i < 2; i++) {
                RunResult result = lab.prober().runOnce(target).await(30, TimeUnit.SECONDS);
                assertExcused(result, HealthCheck.NAME_SERVER);
                assertThat(result.failure().detail()).contains("it saw dns");
            }
            EngineLab.until(() -> ill().equals(List.of(HealthCheck.NAME_SERVER)));
        }
    }

    @Test
    @DisplayName("The process stands still during a run that passes: no sample of latency")
    void pause_passedRun() throws Exception {
        lab.open(EngineLab.CALM, null);
        lab.gateway.onRequest(request -> {
            if (request.contains("/capture")) {
                lab.pause(Duration.ofSeconds(60));
            }
        });
        RunResult paused = run();
        assertExcused(paused, HealthCheck.PAUSE);
        assertThat(paused.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        EngineLab.until(() -> ill().equals(List.of(HealthCheck.PAUSE)));
        lab.gateway.onRequest(_ -> {});
        // Each loop has to tick once before it is known that the pause is over for it.
        EngineLab.until(() -> run().outcome() == RunResult.Outcome.PASSED);
    }

    @Test
    @DisplayName("The process stands still, and the gateway seems to time out: agent's fault")
    void pause_failedRun() throws Exception {
        lab.open(EngineLab.CALM, null);
        lab.gateway.fail("capture", AcmeGateway.Fault.STATUS_500);
        lab.gateway.onRequest(_ -> lab.pause(Duration.ofSeconds(40)));
        assertExcused(run(), HealthCheck.PAUSE);
    }

    @Test
    @DisplayName("An event loop is held up for real: what ran meanwhile is no sample")
    void loop_burned() throws Exception {
        HealthSettings strict =
                HealthSettings.DEFAULT.withThresholds(
                        Duration.ofMinutes(10), Duration.ofMillis(700));
        lab.open(strict, null);
        lab.gateway.onRequest(request -> {
            if (request.contains("/capture")) {
                burnAllLoops(Duration.ofMillis(1500));
            }
        });
        assertExcused(run(), HealthCheck.EVENT_LOOP);
        // The loop itself notices when it next ticks, which may be after the run has ended.
        EngineLab.until(() -> !ill().isEmpty());
        assertThat(ill()).containsOnly(HealthCheck.EVENT_LOOP);
        lab.gateway.onRequest(_ -> {});
        EngineLab.until(() -> run().outcome() == RunResult.Outcome.PASSED);
    }

    /** Returns when each loop is held up, so that no answer can overtake that. */
    private void burnAllLoops(Duration duration) {
        List<EventExecutor> loops = new ArrayList<>();
        ((VertxInternal) lab.vertx).nettyEventLoopGroup().forEach(loops::add);
        CountDownLatch begun = new CountDownLatch(loops.size());
        loops.forEach(loop ->
                loop.execute(() -> {
                    begun.countDown();
                    burn(duration);
                }));
        try {
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void burn(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("The wall clock is set: what fails then is not the gateway's fault")
    void clock_set() throws Exception {
        lab.open(EngineLab.CALM, null);
        lab.gateway.fail("capture", AcmeGateway.Fault.STATUS_500);
        lab.gateway.onRequest(request -> {
            if (request.contains("/capture")) {
                lab.wallAheadMillis.addAndGet(Duration.ofDays(400).toMillis());
                EngineLab.until(() -> ill().contains(HealthCheck.CLOCK));
            }
        });
        assertExcused(run(), HealthCheck.CLOCK);
        lab.gateway.onRequest(_ -> {});
        assertThat(run().outcome()).as("its latency is true").isEqualTo(RunResult.Outcome.PASSED);
    }

    @Test
    @DisplayName("A run that is not counted is not confirmed, and is told as such")
    void fault_notConfirmed() throws Exception {
        lab.open(EngineLab.CALM, null);
        lab.gateway.fail("create", AcmeGateway.Fault.STATUS_500);
        lab.gateway.onRequest(_ -> lab.pause(Duration.ofSeconds(40)));
        lab.apply(EngineLab.FAST, lab.target("p", ProbeBench.PLAN, new RunPolicy(true, List.of())));
        EngineLab.until(() -> !lab.completed("p").isEmpty());
        lab.gateway.onRequest(_ -> {});
        EngineLab.until(() -> lab.completed("p").size() >= 2);
        assertThat(lab.completed("p").getFirst().failure().reason())
                .isEqualTo(ProbeReason.AGENT_FAULT);
        assertThat(lab.completed("p")).noneMatch(run -> run.confirmation());
    }
}
