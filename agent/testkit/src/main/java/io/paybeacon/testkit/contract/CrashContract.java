package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.testkit.contract.CrashTrial.Expected;
import io.paybeacon.testkit.contract.EngineHarness.CrashPoints;
import io.paybeacon.testkit.contract.Workloads.Workload;
import io.paybeacon.testkit.model.InputLog;
import io.paybeacon.testkit.model.RecordedInput;
import io.paybeacon.testkit.model.RecordedInput.Accepted;
import io.paybeacon.testkit.model.RecordedInput.Referred;
import io.paybeacon.testkit.model.RecordedInput.Ticked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A crash at any write loses nothing that was acknowledged and counts nothing twice. */
interface CrashContract extends EngineFixture {
    @Test
    @DisplayName("A crash at each single write of a small workload, then resending, ends the same")
    default void crash_atEveryWrite() {
        Workload workload = small();
        Expected expected = Expected.of(workload);
        int writes = writes(workload, expected);
        assertThat(writes).as("writes of the workload").isPositive();
        int crashed = 0;
        for (int write = 1; write <= writes; write++) {
            try (CrashTrial trial = new CrashTrial(newHarness(), workload)) {
                trial.points().arm(write);
                trial.run(() -> {});
                crashed += trial.crashes();
                trial.assertSame(expected, "crash at write " + write + " of " + writes);
            }
        }
        // Writes behind the scenes need not come out the same each time, so the last few orders
        // may find no write left to crash at.
        assertThat(crashed).as("crashes in %d trials", writes).isGreaterThan(writes / 2);
    }

    @Test
    @DisplayName("Crashes at random writes of a larger workload, and of recoveries, end the same")
    default void crash_atRandomWrites() {
        randomly(Workloads.small(21, 120));
    }

    @Test
    @DisplayName("The product's pipeline: crashes at random writes end the same")
    default void crash_standardPipeline() {
        randomly(Workloads.standard(22, 400));
    }

    private void randomly(Workload workload) {
        Expected expected = Expected.of(workload);
        int writes = writes(workload, expected);
        int crashed = 0;
        int cases = 0;
        for (long seed = 0; seed <= cases; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (CrashTrial trial = new CrashTrial(newHarness(), workload)) {
                cases = trial.cases();
                trial.points().arm(random.nextInt(1, writes + 1));
                trial.run(() -> trial.points().arm(random.nextInt(1, Math.max(2, writes / 2))));
                crashed += trial.crashes();
                trial.assertSame(expected, "seed " + seed);
            }
        }
        assertThat(crashed).as("crashes in %d trials", cases).isGreaterThan(cases / 2);
    }

    @Test
    @DisplayName("After a crash at any write of one call, all of its events are there or none is")
    default void crash_withinOneCall() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            events.add(Toys.captured("e" + i, "p" + i, 10));
            events.add(Toys.relayed("f" + i, "q" + i, 10));
        }
        Workload workload =
                new Workload(
                        Toys.pipeline(),
                        Toys.reference(),
                        new InputLog(List.of(new Accepted(Toys.START, events))));
        Expected expected = Expected.of(workload);
        int writes = writes(workload, expected);
        for (int write = 1; write <= writes; write++) {
            try (Twin twin = twin()) {
                twin.tellModel(events);
                CrashPoints points = points(twin.harness());
                points.arm(write);
                var answer = twin.engine().accept(events);
                twin.eventually(() -> assertThat(answer.isDone() || points.crashed()).isTrue());
                boolean acknowledged = answer.isDone() && !answer.isCompletedExceptionally();
                boolean _ = points.disarm();
                twin.crash();
                twin.rest();
                int there = twin.view().states().size();
                assertThat(there)
                        .as("states after a crash at write %d", write)
                        .isIn(acknowledged ? List.of(states(twin)) : List.of(0, states(twin)));
            }
        }
    }

    private static int states(Twin twin) {
        return twin.model.states().size();
    }

    private int writes(Workload workload, Expected expected) {
        try (CrashTrial trial = new CrashTrial(newHarness(), workload)) {
            trial.run(() -> {});
            trial.assertSame(expected, "no crash");
            return trial.points().passed();
        }
    }

    /** A bit of everything: stages, deadlines, a change of reference, findings. */
    private static Workload small() {
        Instant at = Toys.START;
        Instant due = at.plus(Duration.ofMinutes(10));
        List<RecordedInput> inputs =
                List.of(
                        new Accepted(
                                at,
                                List.of(
                                        Toys.captured("e1", "p1", 500),
                                        Toys.relayed("e2", "p1", 70),
                                        Toys.processing("e3", "p2"))),
                        new Accepted(at, List.of(Toys.linked("e4", "p3"))),
                        new Ticked(due),
                        new Referred(due, Toys.reference(2, Duration.ofMinutes(2))),
                        new Accepted(
                                due,
                                List.of(Toys.settled("e5", "p2"), Toys.processing("e6", "p4"))),
                        new Ticked(due.plus(Duration.ofHours(1))),
                        new Ticked(due.plus(Duration.ofHours(2))));
        return new Workload(Toys.pipeline(), Toys.reference(), new InputLog(inputs));
    }

    /** The crash points of a harness; without them the test is aborted. */
    static CrashPoints points(EngineHarness harness) {
        Assumptions.assumeTrue(
                harness.crashPoints().isPresent(),
                "not applicable: this engine has no hook for crashes at its writes");
        return harness.crashPoints().orElseThrow();
    }
}
