package io.paybeacon.testkit.scenario;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeEvent.StepResult;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.testkit.scenario.PaymentScenario.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes up the runs of a probe: most pass, some fail, and some slots are missed. */
final class ProbeLife {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RandomGenerator random;

    ProbeLife(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Tells what became of one slot.
     *
     * @param dueMillis when the run was due, in milliseconds since the epoch
     */
    void tell(String gateway, long dueMillis, Schedule schedule) {
        Instant due = Instant.ofEpochMilli(dueMillis);
        String slot = gateway + "_" + dueMillis;
        long lagMillis = random.nextLong(40);
        boolean ran = random.nextInt(100) < 95;
        schedule.add(
                dueMillis + lagMillis,
                new SlotAccounted(
                        new Origin(gateway, "slot_" + slot, due),
                        "checkout",
                        due,
                        ran ? SlotOutcome.RAN : SlotOutcome.MISSED,
                        lagMillis * NANOS_PER_MILLI,
                        1));
        if (ran) {
            long durationMillis = random.nextLong(80, 2_000);
            long endMillis = dueMillis + lagMillis + durationMillis;
            schedule.add(endMillis, run(gateway, slot, due, lagMillis, durationMillis));
        }
    }

    private RunCompleted run(
            String gateway, String slot, Instant due, long lagMillis, long durationMillis) {
        long nanos = durationMillis * NANOS_PER_MILLI;
        ProbeReason reason = random.nextInt(100) < 5 ? ProbeReason.TTFB_TIMEOUT : null;
        StepResult step =
                new StepResult(
                        "authorise",
                        1,
                        Purpose.FLOW,
                        Connection.COLD,
                        reason,
                        Map.of(Phase.CONNECT, nanos / 10, Phase.SERVER, nanos - nanos / 10),
                        nanos);
        Instant startedAt = due.plusMillis(lagMillis);
        return new RunCompleted(
                new Origin(gateway, "run_" + slot, startedAt.plusMillis(durationMillis)),
                "checkout",
                "run_" + slot,
                "%016x%016x".formatted(random.nextLong(), random.nextLong()),
                due,
                startedAt,
                nanos,
                reason == null
                        ? null
                        : new Failure("authorise", reason, "no first byte within the limit"),
                List.of(step),
                Cleanup.CLEAN,
                false);
    }
}
