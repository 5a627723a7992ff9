package io.paybeacon.testkit.model;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.Event;
import io.paybeacon.testkit.ManualClock;
import io.paybeacon.testkit.model.RecordedInput.Accepted;
import io.paybeacon.testkit.model.RecordedInput.Referred;
import io.paybeacon.testkit.model.RecordedInput.Ticked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Inputs in the order in which an engine took them. Immutable.
 *
 * @param inputs the inputs, their times never falling
 */
public record InputLog(List<RecordedInput> inputs) {
    public InputLog {
        inputs = List.copyOf(inputs);
    }

    /** Puts one input to an engine, with the clock at the input's time. */
    public static CompletableFuture<Void> put(
            RecordedInput input, Engine engine, ManualClock clock) {
        clock.set(input.at());
        return switch (input) {
            case Accepted(_, List<Event> events) -> engine.accept(events);
            case Ticked(var now) -> engine.tick(now);
            case Referred(_, var reference) -> engine.refer(reference);
        };
    }

    /**
     * Puts every input to an engine, each after the one before is durable.
     *
     * @param clock the clock that the engine stamps with
     * @param await waits for what an engine answered
     */
    public void replay(Engine engine, ManualClock clock, Consumer<CompletableFuture<Void>> await) {
        for (RecordedInput input : inputs) {
            await.accept(put(input, engine, clock));
        }
    }

    /**
     * The same events, ticks and changes in the same order at the same times, but accepted in other
     * batches: what was accepted at one time is joined and cut anew.
     */
    public InputLog rebatched(RandomGenerator random) {
        List<RecordedInput> cut = new ArrayList<>();
        List<Event> open = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (!(inputs.get(i) instanceof Accepted(var at, List<Event> events))) {
                cut.add(inputs.get(i));
                continue;
            }
            open.addAll(events);
            boolean joins =
                    i + 1 < inputs.size()
                            && inputs.get(i + 1) instanceof Accepted next
                            && next.at().equals(at)
                            && random.nextBoolean();
            while (!joins && !open.isEmpty()) {
                List<Event> batch = open.subList(0, random.nextInt(1, open.size() + 1));
                cut.add(new Accepted(at, batch));
                batch.clear();
            }
        }
        return new InputLog(cut);
    }
}
