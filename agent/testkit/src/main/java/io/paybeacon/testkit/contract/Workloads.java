package io.paybeacon.testkit.contract;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.testkit.model.InputLog;
import io.paybeacon.testkit.model.RecordedInput;
import io.paybeacon.testkit.model.RecordedInput.Accepted;
import io.paybeacon.testkit.model.RecordedInput.Referred;
import io.paybeacon.testkit.model.RecordedInput.Ticked;
import io.paybeacon.testkit.scenario.PaymentScenario;
import io.paybeacon.testkit.scenario.PaymentScenario.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded inputs for the small stages and for the product's pipeline. */
final class Workloads {
    private static final Duration TICK = Duration.ofSeconds(20);

    private Workloads() {}

    /**
     * Inputs and what runs them.
     *
     * @param reference in force from the start
     */
    record Workload(Pipeline pipeline, Reference reference, InputLog log) {}

    /** Events for the small stages in batches, with time passing and one change of reference. */
    static Workload small(long seed, int events) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Event> mixed = Toys.mixed(seed, events);
        List<RecordedInput> inputs = new ArrayList<>();
        Instant now = Toys.START;
        int next = 0;
        boolean changed = false;
        while (next < events) {
            int end = Math.min(events, next + random.nextInt(1, 8));
            inputs.add(new Accepted(now, mixed.subList(next, end)));
            next = end;
            if (!changed && next > events / 2) {
                inputs.add(new Referred(now, Toys.reference(2, Duration.ofMinutes(3))));
                changed = true;
            }
            if (random.nextInt(3) == 0) {
                now = now.plusSeconds(random.nextInt(400));
                inputs.add(new Ticked(now));
            }
        }
        for (int i = 1; i <= LedgerStage.ALARMS_MAX; i++) {
            inputs.add(new Ticked(now.plus(Duration.ofHours(i))));
        }
        return new Workload(Toys.pipeline(), Toys.reference(), new InputLog(inputs));
    }

    /**
     * A scenario for the product's pipeline: a tick every 20 seconds, at the end one after days,
     * when everything left open counts as stuck.
     */
    static Workload standard(long seed, int events) {
        SplittableRandom random = new SplittableRandom(seed);
        PaymentScenario scenario = new PaymentScenario(seed, Toys.START, Duration.ofSeconds(2));
        List<RecordedInput> inputs = new ArrayList<>();
        List<Event> batch = new ArrayList<>();
        Instant tick = Toys.START;
        Instant now = Toys.START;
        for (Told told : scenario.next(events)) {
            boolean due = told.at().isAfter(tick.plus(TICK));
            // A batch is accepted at one time, that of its last event.
            if (!batch.isEmpty() && (due || random.nextInt(4) == 0)) {
                inputs.add(new Accepted(now, batch));
                batch.clear();
            }
            if (due) {
                tick = told.at();
                inputs.add(new Ticked(tick));
            }
            now = told.at();
            batch.add(told.event());
        }
        inputs.add(new Accepted(now, batch));
        inputs.add(new Ticked(now.plus(Duration.ofHours(2))));
        inputs.add(new Ticked(now.plus(Duration.ofDays(6))));
        return new Workload(Pipeline.standard(), Reference.defaults(), new InputLog(inputs));
    }
}
