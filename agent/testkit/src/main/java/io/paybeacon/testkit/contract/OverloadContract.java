package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.GatewayEvent;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.pipeline.Step;
import io.paybeacon.testkit.ManualClock;
import io.paybeacon.testkit.model.StateKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An engine that cannot keep up says so, and takes nothing that it does not keep. */
interface OverloadContract extends EngineFixture {
    /** More than one event a call, so that a part of a call could get in. */
    int EVENTS_A_CALL = 3;

    @Test
    @DisplayName("Too much undone work is refused as a whole call, and nothing of it is applied")
    default void accept_overload() {
        try (EngineHarness harness = newHarness()) {
            OptionalInt max = harness.queuedEventsMax();
            Assumptions.assumeTrue(
                    max.isPresent(),
                    "not applicable: this engine's limit cannot be reached in a test");
            CountDownLatch open = new CountDownLatch(1);
            Engine engine =
                    harness.start(
                            held(open),
                            Toys.reference(),
                            new ManualClock(Toys.START),
                            new RecordingSink());
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            try {
                int calls = max.getAsInt() / EVENTS_A_CALL + 8;
                for (int call = 0; call < calls; call++) {
                    answers.add(engine.accept(call(call)));
                }
                Twin.eventually(
                        harness,
                        () -> assertThat(answers.stream().filter(this::refused)).isNotEmpty());
            } finally {
                open.countDown();
            }
            Set<StateKey> kept = new HashSet<>();
            for (int call = 0; call < answers.size(); call++) {
                CompletableFuture<Void> answer = answers.get(call);
                if (!refused(answer)) {
                    View.await(answer, harness.patience());
                    kept.addAll(keys(call));
                }
            }
            assertThat(kept).as("what was not refused").isNotEmpty();
            List<Event> after = call(answers.size());
            View.await(engine.accept(after), harness.patience());
            kept.addAll(keys(answers.size()));
            harness.settle(engine);
            Set<StateKey> all = new HashSet<>();
            for (int call = 0; call <= answers.size(); call++) {
                all.addAll(keys(call));
            }
            Twin.eventually(
                    harness,
                    () ->
                            assertThat(View.states(engine, all, harness.patience()).keySet())
                                    .isEqualTo(kept));
            engine.close();
        }
    }

    private static Pipeline held(CountDownLatch open) {
        return new Pipeline(
                List.of(
                        new Step<>(new HeldStage(new LedgerStage(2), open), PaymentEvent.class),
                        new Step<>(new CellStage(true), GatewayEvent.class)));
    }

    private static List<Event> call(int call) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS_A_CALL; i++) {
            String name = call + "_" + i;
            events.add(Toys.captured("e" + name, "p" + name, 1));
        }
        return events;
    }

    private static List<StateKey> keys(int call) {
        List<StateKey> keys = new ArrayList<>();
        for (int i = 0; i < EVENTS_A_CALL; i++) {
            keys.add(new StateKey(LedgerStage.NAME, Toys.key("p" + call + "_" + i)));
        }
        return keys;
    }

    private boolean refused(CompletableFuture<Void> answer) {
        return answer.isCompletedExceptionally()
                && answer.exceptionNow() instanceof OverloadedException;
    }
}
