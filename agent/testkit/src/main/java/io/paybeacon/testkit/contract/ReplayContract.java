package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.testkit.ManualClock;
import io.paybeacon.testkit.contract.Workloads.Workload;
import io.paybeacon.testkit.model.InputLog;
import io.paybeacon.testkit.model.StateKey;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same inputs end the same, and as in the model. */
interface ReplayContract extends EngineFixture {
    @Test
    @DisplayName("The small stages end as in the model, and a replay ends the same")
    default void replay_smallStages() {
        replays(Workloads.small(11, 150));
    }

    @Test
    @DisplayName("The product's pipeline ends as in the model, and a replay ends the same")
    default void replay_standardPipeline() {
        replays(Workloads.standard(12, 1_500));
    }

    private void replays(Workload workload) {
        try (Twin twin = new Twin(newHarness(), workload.pipeline(), workload.reference())) {
            twin.tell(workload.log());
            twin.assertSame("first run");
            View first = twin.view();
            assertThat(first.findings()).as("the workload opens findings").isNotEmpty();
            Collection<StateKey> keys = twin.model.touched();
            InputLog log = twin.log();
            View again = run(workload, log, keys).view;
            assertThat(Differences.of(again, first)).as("replay").isEmpty();
            for (long seed = 0; seed < 3; seed++) {
                InputLog other = log.rebatched(new SplittableRandom(seed));
                View batched = run(workload, other, keys).view;
                assertThat(Differences.of(batched, first))
                        .as("replay in other batches, seed %d", seed)
                        .isEmpty();
            }
        }
    }

    @Test
    @DisplayName("The same inputs are delivered in the same order, whatever the batches")
    default void replay_orderOfDeliveries() {
        try (EngineHarness harness = newHarness()) {
            Assumptions.assumeTrue(
                    harness.deliversInOneOrder(),
                    "not applicable: this engine keeps the order of each finding only");
        }
        Workload workload = Workloads.standard(13, 1_000);
        List<String> first = run(workload, workload.log(), List.of()).ids;
        assertThat(first).as("the workload opens findings").hasSizeGreaterThan(3);
        for (long seed = 0; seed < 3; seed++) {
            InputLog other = workload.log().rebatched(new SplittableRandom(seed));
            assertThat(run(workload, other, List.of()).ids).as("seed %d", seed).isEqualTo(first);
        }
    }

    private Ended run(Workload workload, InputLog log, Collection<StateKey> keys) {
        try (EngineHarness harness = newHarness()) {
            Pipeline pipeline = workload.pipeline();
            Reference reference = workload.reference();
            ManualClock clock = new ManualClock(Toys.START);
            RecordingSink sink = new RecordingSink();
            Engine engine = harness.start(pipeline, reference, clock, sink);
            log.replay(
                    engine,
                    clock,
                    answer -> {
                        View.await(answer, harness.patience());
                        harness.settle(engine);
                    });
            Twin.eventually(harness, () -> assertThat(engine.status().undelivered()).isZero());
            assertThat(sink.violations()).isEmpty();
            View view = View.of(engine, sink, keys, harness.patience());
            return new Ended(view, sink.distinct().stream().map(Delivery::id).toList());
        }
    }

    /**
     * How a run ended.
     *
     * @param ids of the distinct deliveries, in order
     */
    record Ended(View view, List<String> ids) {}
}
