package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.testkit.model.ForwardPolicy;
import io.paybeacon.testkit.model.ModelSettings;
import io.paybeacon.testkit.scenario.PaymentScenario;
import io.paybeacon.testkit.scenario.PaymentScenario.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where order may not matter, it does not. */
interface OrderContract extends EngineFixture {
    @Test
    @DisplayName("Small stages: any order and repetition of the same events ends the same")
    default void accept_permutedSmallStages() {
        for (long seed = 0; seed < cases(); seed++) {
            List<Event> events = Toys.mixed(seed, 60);
            permuted(seed, Toys.pipeline(), Toys.reference(), events);
        }
    }

    @Test
    @DisplayName(
            "The product's pipeline: any order and repetition of the same events ends the same")
    default void accept_permutedStandardPipeline() {
        for (long seed = 0; seed < cases(); seed++) {
            List<Event> events = scenario(seed, 200);
            permuted(seed, Pipeline.standard(), Reference.defaults(), events);
        }
    }

    private void permuted(long seed, Pipeline pipeline, Reference reference, List<Event> events) {
        try (Twin twin = new Twin(newHarness(), pipeline, reference)) {
            // Both at one time: the accepted time of an event is part of what it says.
            twin.clock.advance(Duration.ofHours(1));
            twin.tellModel(events);
            Random random = new Random(seed);
            List<Event> other = new ArrayList<>(events);
            for (int i = 0; i < events.size() / 4; i++) {
                other.add(events.get(random.nextInt(events.size())));
            }
            Collections.shuffle(other, random);
            probesInOrder(other, events);
            for (int i = 0; i < other.size(); ) {
                int end = Math.min(other.size(), i + 1 + random.nextInt(20));
                twin.repeat(other.subList(i, end).toArray(Event[]::new));
                i = end;
            }
            twin.assertSameStatesAndOpenFindings("at a fixed clock, seed " + seed);
            twin.pass(Duration.ofHours(2));
            twin.pass(Duration.ofDays(6));
            twin.assertSameStatesAndOpenFindings("after the deadlines, seed " + seed);
        }
    }

    /**
     * Puts the probe events back in order, repeats behind: one scheduler tells them, one after the
     * other, and a count of failures in a row means just that order.
     */
    private static void probesInOrder(List<Event> shuffled, List<Event> events) {
        List<Event> probes = new ArrayList<>(events);
        List<Event> repeats = new ArrayList<>(shuffled);
        probes.removeIf(event -> !(event instanceof ProbeEvent));
        repeats.removeIf(event -> !(event instanceof ProbeEvent));
        probes.forEach(repeats::remove);
        probes.addAll(repeats);
        Iterator<Event> next = probes.iterator();
        shuffled.replaceAll(event -> event instanceof ProbeEvent ? next.next() : event);
    }

    @Test
    @DisplayName("Small stages: forwards that come late and in any order end the same")
    default void forward_shuffledSmallStages() {
        for (long seed = 0; seed < cases(); seed++) {
            shuffled(seed, Toys.pipeline(), Toys.reference(), Toys.mixed(seed, 80));
        }
    }

    @Test
    @DisplayName("The product's pipeline: forwards that come late and in any order end the same")
    default void forward_shuffledStandardPipeline() {
        for (long seed = 0; seed < cases(); seed++) {
            shuffled(seed, Pipeline.standard(), Reference.defaults(), scenario(seed, 300));
        }
    }

    private void shuffled(long seed, Pipeline pipeline, Reference reference, List<Event> events) {
        ModelSettings settings = ModelSettings.plain().with(ForwardPolicy.shuffled(seed, 60));
        try (Twin twin = new Twin(newHarness(), pipeline, reference, settings)) {
            twin.clock.advance(Duration.ofHours(1));
            for (int i = 0; i < events.size(); i += 20) {
                twin.accept(events.subList(i, Math.min(events.size(), i + 20)));
            }
            twin.assertSameStatesAndOpenFindings("at a fixed clock, seed " + seed);
            twin.pass(Duration.ofHours(2));
            twin.pass(Duration.ofDays(6));
            twin.assertSameStatesAndOpenFindings("after the deadlines, seed " + seed);
        }
    }

    @Test
    @DisplayName("Deltas that are combined on their way change states and metrics as each would")
    default void combine_manyDeltas() {
        for (boolean combines : new boolean[] {true, false}) {
            Pipeline pipeline = Toys.pipeline(2, combines);
            try (Twin twin = new Twin(newHarness(), pipeline, Toys.reference())) {
                List<Event> events = new ArrayList<>();
                for (int i = 0; i < 400; i++) {
                    String payment = "p" + i % 37;
                    events.add(
                            i % 3 == 0
                                    ? Toys.relayed("e" + i, payment, i)
                                    : Toys.captured("e" + i, payment, i));
                }
                twin.accept(events.subList(0, 300));
                for (Event event : events.subList(300, 400)) {
                    twin.accept(event);
                }
                twin.assertSame("combining: " + combines);
                Object cell =
                        twin.done(twin.engine().find(CellStage.NAME, "north", Object.class))
                                .orElseThrow();
                assertThat(cell).isEqualTo(new CellStage.Cell(400, 0));
            }
        }
    }

    private int cases() {
        try (EngineHarness harness = newHarness()) {
            return harness.cases();
        }
    }

    private static List<Event> scenario(long seed, int events) {
        return new PaymentScenario(seed, Toys.START, Duration.ofSeconds(20))
                .next(events).stream().map(Told::event).toList();
    }
}
