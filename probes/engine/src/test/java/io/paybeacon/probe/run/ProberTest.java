package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.ProbeEvents;
import io.paybeacon.probe.ProbeSet;
import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.schedule.SlotAccount;
import io.paybeacon.probe.schedule.SlotOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProberTest {

    @TempDir Path directory;
    private ProbeBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new ProbeBench(directory.resolve("data"));
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
    }

    private <E extends ProbeEvent> Stream<E> events(Class<E> type) {
        return bench.events.stream().filter(type::isInstance).map(type::cast);
    }

    @Test
    @DisplayName("A scheduled probe runs by its due times, and each start has its slot")
    void start_runs() throws Exception {
        bench.prober
                .apply(ProbeSet.of(List.of(bench.target(undone()))))
                .await(10, TimeUnit.SECONDS);
        await().atMost(30, TimeUnit.SECONDS).until(() -> events(RunCompleted.class).count() >= 3);
        bench.prober.close().await(60, TimeUnit.SECONDS);

        List<RunCompleted> runs = events(RunCompleted.class).toList();
        List<SlotAccounted> slots = events(SlotAccounted.class).toList();
        assertThat(runs).allSatisfy(run -> assertThat(run.failure()).isNull());
        assertThat(slots)
                .filteredOn(slot ->
                        slot.outcome() == ProbeEvent.SlotOutcome.RAN
                                || slot.outcome() == ProbeEvent.SlotOutcome.LATE)
                .extracting(SlotAccounted::dueAt)
                .containsExactlyElementsOf(runs.stream().map(RunCompleted::dueAt).toList());
        assertThat(slots)
                .extracting(slot -> Math.floorMod(slot.dueAt().toEpochMilli(), 1000L))
                .containsOnly(Math.floorMod(slots.getFirst().dueAt().toEpochMilli(), 1000L));
        assertThat(bench.events)
                .extracting(event -> event.origin().eventId())
                .doesNotHaveDuplicates();
        bench.prober = bench.open(directory.resolve("other"));
    }

    /** The plan without its capture, so that every run ends with nothing held. */
    private static String undone() {
        return ProbeBench.PLAN.replace("sideEffect: capture", "sideEffect: void");
    }

    @Test
    @DisplayName("A leftover whose probe is no longer configured is reported, and told as orphan")
    void recover_unknownProbe() throws Exception {
        bench.gateway.fail("capture", AcmeGateway.Fault.STATUS_500);
        bench.gateway.fail("void", AcmeGateway.Fault.STATUS_500);
        String run = bench.run(ProbeBench.PLAN).runId();
        bench.prober.close().await(30, TimeUnit.SECONDS);
        bench.events.clear();
        bench.prober = bench.open(bench.dataDirectory);

        RecoveryReport report = bench.prober.recover(List.of()).await(30, TimeUnit.SECONDS);

        assertThat(report.cleaned()).isEmpty();
        assertThat(report.orphans())
                .containsExactly(
                        new RecoveryReport.Orphan(
                                run,
                                "acme-probe",
                                "acme-main",
                                "no probe \"acme-probe\" is configured"));
        assertThat(events(RunCompleted.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.origin().eventId()).isEqualTo("run-" + run);
                    assertThat(event.cleanup()).isEqualTo(ProbeEvent.Cleanup.ORPHANED);
                    assertThat(event.failure().reason()).isEqualTo(ProbeReason.AGENT_FAULT);
                });
    }

    @Test
    @DisplayName("Runs of one probe asked for at once take place one after another")
    void runOnce_inTurn() throws Exception {
        ProbeTarget target = bench.target(ProbeBench.PLAN);
        var first = bench.prober.runOnce(target);
        var second = bench.prober.runOnce(target);
        first.await(30, TimeUnit.SECONDS);
        second.await(30, TimeUnit.SECONDS);
        assertThat(bench.gateway.operations())
                .containsExactly("create", "capture", "void", "create", "capture", "void");
    }

    @Test
    @DisplayName("A run that is asked for during the warm-up begins after it, and is as ever")
    void warmUp_first() throws Exception {
        var warm = bench.prober.warmUp();
        var run = bench.prober.runOnce(bench.target(ProbeBench.PLAN));
        assertThat(run.isComplete()).isFalse();
        run.await(60, TimeUnit.SECONDS);
        assertThat(warm.succeeded()).isTrue();
        assertThat(bench.gateway.operations()).containsExactly("create", "capture", "void");
        assertThat(bench.prober.health().states()).hasSize(5);
    }

    @Test
    @DisplayName("A gap of missed slots is one event, however long it was")
    void events_missedSlots() {
        Instant due = Instant.parse("2026-11-22T12:00:00Z");
        SlotAccount years =
                new SlotAccount(
                        "p",
                        "g",
                        due,
                        Duration.ofSeconds(10),
                        9_000_000,
                        SlotOutcome.MISSED,
                        Long.MAX_VALUE,
                        1);
        assertThat(ProbeEvents.of(years))
                .isEqualTo(
                        new SlotAccounted(
                                new Origin("g", "slot-p-" + due.toEpochMilli() + "-1", due),
                                "p",
                                due,
                                ProbeEvent.SlotOutcome.MISSED,
                                Long.MAX_VALUE,
                                9_000_000));
    }
}
