package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.schedule.MaintenanceWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs at the pace of their gateway, within its room, outside its maintenance. */
class PacedRunsTest {

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

    @Test
    @DisplayName("All probes of a gateway together keep its pace; the wait is the phase queue")
    void pace_shared() throws Exception {
        List<Long> arrivals = new CopyOnWriteArrayList<>();
        lab.gateway.onRequest(_ -> arrivals.add(System.nanoTime()));
        GatewayPace pace = new GatewayPace(10, 2, 10);
        lab.apply(
                pace,
                lab.target("a", ProbeBench.PLAN, RunPolicy.DEFAULT),
                lab.target("b", ProbeBench.PLAN, RunPolicy.DEFAULT),
                lab.target("c", ProbeBench.PLAN, RunPolicy.DEFAULT),
                lab.target("d", ProbeBench.PLAN, RunPolicy.DEFAULT));
        EngineLab.until(() -> arrivals.size() >= 40);

        List<Long> seen = List.copyOf(arrivals);
        double seconds = (seen.getLast() - seen.getFirst()) / 1e9;
        // The first may have been on its way longer than the last: one more than burst and rate.
        assertThat((double) seen.size())
                .isLessThanOrEqualTo(1 + pace.burst() + pace.requestsPerSecond() * seconds);
        List<AttemptResult> attempts =
                lab.runs.stream().flatMap(run -> run.attempts().stream()).toList();
        assertThat(attempts)
                .anyMatch(attempt -> attempt.phases().of(Phase.QUEUE).orElse(0) > 10_000_000);
        assertThat(attempts).allMatch(attempt -> attempt.phases().remainderNanos() >= 0);
        assertThat(lab.runs).allMatch(run -> run.failure() == null);
        assertThat(lab.runs.stream().map(RunResult::probe).distinct()).hasSize(4);
    }

    @Test
    @DisplayName("A turn that does not come in time: the agent's fault, nothing sent, all cleaned")
    void pace_tooLong() throws Exception {
        lab.apply(new GatewayPace(1, 1, 4));
        String hasty = ProbeBench.PLAN.replace("timeout: 5s", "timeout: 300ms");
        RunResult result =
                lab.prober()
                        .runOnce(lab.target("p", hasty, RunPolicy.DEFAULT))
                        .await(30, TimeUnit.SECONDS);

        assertThat(result.failedStep()).isEqualTo("capture");
        assertThat(result.failure())
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(ProbeReason.AGENT_FAULT);
                    assertThat(failure.detail()).contains("nothing was sent");
                });
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.NOT_COUNTED);
        assertThat(lab.gateway.operations()).containsExactly("create", "void");
        assertThat(result.attempts()).hasSize(2);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(lab.gateway.payments().values()).containsExactly("voided");
    }

    @Test
    @DisplayName("The time in the queue is not taken from the time of the gateway")
    void pace_planTimeout() throws Exception {
        lab.apply(new GatewayPace(1, 1, 4));
        String plan = ProbeBench.PLAN.replace("timeout: 20s", "timeout: 1500ms");
        RunResult result =
                lab.prober()
                        .runOnce(
                                lab.target(
                                        "p",
                                        plan.replace("timeout: 5s", "timeout: 1400ms"),
                                        RunPolicy.DEFAULT))
                        .await(30, TimeUnit.SECONDS);
        assertThat(result.failure()).isNull();
        assertThat(result.durationNanos()).isGreaterThan(900_000_000L);
    }

    @Test
    @DisplayName("A gateway has room for so many runs; a slot without room is skipped by name")
    void room_skips() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        lab.gateway.onRequest(request -> {
            if (request.startsWith("POST /payments ")) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                try {
                    release.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                inside.decrementAndGet();
            }
        });
        String patient = ProbeBench.PLAN.replace("timeout: 5s", "timeout: 30s");
        lab.apply(
                new GatewayPace(1000, 1000, 2),
                lab.target("a", patient, RunPolicy.DEFAULT),
                lab.target("b", patient, RunPolicy.DEFAULT),
                lab.target("c", patient, RunPolicy.DEFAULT),
                lab.target("d", patient, RunPolicy.DEFAULT));
        EngineLab.until(() ->
                lab.events(SlotAccounted.class)
                                .filter(slot -> slot.outcome() == SlotOutcome.SKIPPED_PACE)
                                .count()
                        >= 4);
        release.countDown();
        EngineLab.until(() -> lab.runs.stream().map(RunResult::probe).distinct().count() == 4);
        assertThat(most).hasValueLessThanOrEqualTo(2);
        for (String probe : List.of("a", "b", "c", "d")) {
            List<Instant> due = new ArrayList<>();
            lab.slots(probe).forEach(slot -> due.add(slot.dueAt()));
            for (int i = 1; i < due.size(); i++) {
                assertThat(Duration.between(due.get(i - 1), due.get(i)))
                        .as("slots of %s: none left out, none twice", probe)
                        .isEqualTo(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    @DisplayName("Under maintenance slots are accounted as such, and a run under way goes on")
    void maintenance_skips() throws Exception {
        Instant now = Instant.now();
        MaintenanceWindow window =
                new MaintenanceWindow.Once(
                        now.plus(Duration.ofHours(1)), now.plus(Duration.ofHours(3)));
        lab.gateway.onRequest(request -> {
            if (request.startsWith("POST /payments ")) {
                // The window begins while the run is under way.
                lab.wallAheadMillis.set(Duration.ofHours(2).toMillis());
            }
        });
        lab.apply(
                EngineLab.FAST,
                lab.target("p", ProbeBench.PLAN, new RunPolicy(false, List.of(window))));
        EngineLab.until(() ->
                lab.slots("p").stream()
                                .filter(s -> s.outcome() == SlotOutcome.SKIPPED_MAINTENANCE)
                                .count()
                        >= 2);
        assertThat(lab.gateway.operations()).containsExactly("create", "capture", "void");
        assertThat(lab.runs).hasSize(1).allMatch(run -> run.failure() == null);
        lab.wallAheadMillis.set(Duration.ofHours(4).toMillis());
        EngineLab.until(() -> lab.runs.size() >= 2);
    }
}
