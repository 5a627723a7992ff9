package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.testkit.model.ModelHarness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each fault of an engine is found by the test of the kit that is there for it. */
class EngineContractFaultTest {
    @TestFactory
    Stream<DynamicTest> faults() {
        return Stream.of(
                engine("ticks a second ahead", Early::new, EngineContract::tick_atItsTime),
                engine("drops ticks", NoTicks::new, EngineContract::tick_deadlinesOfDeadlines),
                engine("fires at events", Eager::new, EngineContract::accept_pastDeadline),
                engine("drops references", NoRefer::new, EngineContract::refer_betweenCalls),
                engine("acknowledges first", Hasty::new, EngineContract::crash_atEveryWrite),
                engine("cuts calls", Cutting::new, EngineContract::crash_withinOneCall),
                engine("drops the last event", Lossy::new, EngineContract::start_afterCrashes),
                engine("applies twice", Twice::new, EngineContract::combine_manyDeltas),
                engine("overtakes", Overtaking::new, EngineContract::tick_rightBehindAccept),
                engine("forgets metrics", NoMetrics::new, EngineContract::metrics_crashWhileBusy),
                engine("finds what is not", Finding::new, EngineContract::find_absent),
                engine("refuses late", Blind::new, EngineContract::accept_overload),
                sink("gives up", GivingUp::new, EngineContract::deliver_sinkFails),
                sink("renames", Renaming::new, EngineContract::deliver_crashBeforeConfirmation),
                sink("reverses", Reversing::new, EngineContract::deliver_sinkIsLate),
                sink("repeats", Repeating::new, EngineContract::deliver_confirmed));
    }

    private static DynamicTest engine(
            String fault, UnaryOperator<Engine> faulty, Consumer<EngineContract> test) {
        return found(fault, faulty, UnaryOperator.identity(), test);
    }

    private static DynamicTest sink(
            String fault, UnaryOperator<OutputSink> faulty, Consumer<EngineContract> test) {
        return found(fault, UnaryOperator.identity(), faulty, test);
    }

    private static DynamicTest found(
            String fault,
            UnaryOperator<Engine> engine,
            UnaryOperator<OutputSink> sink,
            Consumer<EngineContract> test) {
        EngineContract kit =
                new EngineContract() {
                    @Override
                    public EngineHarness newHarness() {
                        return new FaultyHarness(engine, sink);
                    }
                };
        return DynamicTest.dynamicTest(
                fault, () -> assertThatThrownBy(() -> test.accept(kit)).isNotNull());
    }

    private static final class FaultyHarness extends ModelHarness {
        private final UnaryOperator<Engine> engine;
        private final UnaryOperator<OutputSink> sink;

        FaultyHarness(UnaryOperator<Engine> engine, UnaryOperator<OutputSink> sink) {
            this.engine = engine;
            this.sink = sink;
        }

        @Override
        public Engine start(
                Pipeline pipeline, Reference reference, InstantSource clock, OutputSink to) {
            return engine.apply(super.start(pipeline, reference, clock, sink.apply(to)));
        }

        @Override
        public Duration patience() {
            return Duration.ofMillis(500);
        }
    }

    private static final class Early extends FaultyEngine {
        Early(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> tick(Instant now) {
            return super.tick(now.plusSeconds(1));
        }
    }

    private static final class NoTicks extends FaultyEngine {
        NoTicks(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> tick(Instant now) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class Eager extends FaultyEngine {
        Eager(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> accept(List<Event> events) {
            return super.accept(events)
                    .thenCompose(_ -> super.tick(Toys.START.plus(Duration.ofHours(1))));
        }
    }

    private static final class NoRefer extends FaultyEngine {
        NoRefer(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> refer(Reference reference) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class Hasty extends FaultyEngine {
        Hasty(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> accept(List<Event> events) {
            CompletableFuture<Void> _ = super.accept(events);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class Cutting extends FaultyEngine {
        Cutting(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> accept(List<Event> events) {
            return CompletableFuture.allOf(
                    events.stream()
                            .map(event -> super.accept(List.of(event)))
                            .toArray(CompletableFuture[]::new));
        }
    }

    private static final class Lossy extends FaultyEngine {
        Lossy(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> accept(List<Event> events) {
            return super.accept(events.subList(0, events.size() - 1));
        }
    }

    /** Cells cannot tell deltas apart; here each comes again as a call of its own. */
    private static final class Twice extends FaultyEngine {
        Twice(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> accept(List<Event> events) {
            List<Event> more = new ArrayList<>(events);
            more.add(Toys.delta("d", 1));
            return super.accept(more);
        }
    }

    /** A tick does not wait for what was accepted before it. */
    private static final class Overtaking extends FaultyEngine {
        private final CompletableFuture<Void> ticked = new CompletableFuture<>();

        Overtaking(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> accept(List<Event> events) {
            return ticked.thenCompose(_ -> super.accept(events));
        }

        @Override
        public CompletableFuture<Void> tick(Instant now) {
            return super.tick(now).thenRun(() -> ticked.complete(null));
        }
    }

    private static final class NoMetrics extends FaultyEngine {
        private int asked;

        NoMetrics(Engine sound) {
            super(sound);
        }

        @Override
        public MetricSnapshot metrics() {
            return asked++ == 0 ? MetricSnapshot.EMPTY : super.metrics();
        }
    }

    private static final class Finding extends FaultyEngine {
        Finding(Engine sound) {
            super(sound);
        }

        @Override
        public <S> CompletableFuture<Optional<S>> find(String stage, String key, Class<S> type) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    /** Says that it refused what it takes. */
    private static final class Blind extends FaultyEngine {
        private final List<Event> refused = new ArrayList<>();

        Blind(Engine sound) {
            super(sound);
        }

        @Override
        public CompletableFuture<Void> accept(List<Event> events) {
            List<Event> more = new ArrayList<>(events);
            more.addAll(refused);
            refused.clear();
            CompletableFuture<Void> answer = super.accept(more);
            if (answer.isCompletedExceptionally()) {
                refused.addAll(events.subList(0, 1));
            }
            return answer;
        }
    }

    private record GivingUp(OutputSink sound) implements OutputSink {
        @Override
        public void deliver(List<Delivery> batch) {
            try {
                sound.deliver(batch);
            } catch (Exception e) {
                // The fault: it is not told again.
            }
        }
    }

    private record Renaming(OutputSink sound, String suffix) implements OutputSink {
        Renaming(OutputSink sound) {
            this(sound, "#" + System.identityHashCode(sound) + new Object().hashCode());
        }

        @Override
        public void deliver(List<Delivery> batch) throws Exception {
            sound.deliver(
                    batch.stream()
                            .map(one ->
                                    new Delivery(one.id() + suffix, one.position(), one.output()))
                            .toList());
        }
    }

    private record Reversing(OutputSink sound) implements OutputSink {
        @Override
        public void deliver(List<Delivery> batch) throws Exception {
            sound.deliver(batch.reversed());
        }
    }

    private record Repeating(OutputSink sound) implements OutputSink {
        @Override
        public void deliver(List<Delivery> batch) throws Exception {
            sound.deliver(batch);
            sound.deliver(batch);
        }
    }
}
