package io.paybeacon.probe.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.pace.PaceWorld.Told;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private PaceWorld world = new PaceWorld(new GatewayPace(10, 3, 4));

    private void ask(String... probes) {
        for (String probe : probes) {
            world.ask(probe, Urgency.FLOW, LONG);
        }
    }

    @Test
    @DisplayName("A burst goes at once, then one every tenth of a second, each knowing its wait")
    void turn_pace() {
        ask("p", "p", "p", "p", "p");
        assertThat(world.granted()).hasSize(3);
        world.live(Duration.ofMillis(99));
        assertThat(world.granted()).hasSize(3);
        world.live(Duration.ofMillis(1));
        assertThat(world.granted()).hasSize(4);
        world.live(Duration.ofMillis(100));
        assertThat(world.granted())
                .extracting(told -> told.turn().waitedNanos() / 1_000_000)
                .containsExactly(0L, 0L, 0L, 100L, 200L);
        assertThat(world.timers()).as("no timer when nothing waits").isZero();
    }

    @Test
    @DisplayName("Probes take turns, however many attempts one of them has waiting")
    void turn_fair() {
        ask("x", "x", "x");
        ask("a", "a", "a", "a", "b", "b", "c");
        world.live(Duration.ofSeconds(1));
        assertThat(world.order().subList(3, 10)).containsExactly("a", "b", "c", "a", "b", "a", "a");
    }

    @Test
    @DisplayName("Money goes before everything that waits")
    void turn_moneyFirst() {
        ask("x", "x", "x", "a", "b");
        world.ask("void", Urgency.MONEY, LONG);
        world.ask("refund", Urgency.MONEY, LONG);
        world.live(Duration.ofSeconds(1));
        assertThat(world.order().subList(3, 7)).containsExactly("void", "refund", "a", "b");
    }

    @Test
    @DisplayName("Whose turn does not come in time is refused at that moment, with the reason")
    void turn_tooLong() {
        ask("x", "x", "x", "a", "a");
        world.pacer.change(new GatewayPace(10, 3, 1));
        world.ask("late", Urgency.FLOW, Duration.ofMillis(150));
        world.live(Duration.ofMillis(149));
        assertThat(world.told).hasSize(4).allMatch(Told::granted);
        world.live(Duration.ofMillis(1));
        assertThat(world.told).hasSize(5);
        Told refused = world.told.getLast();
        assertThat(refused.turn())
                .isEqualTo(
                        new Turn.Refused(
                                150_000_000,
                                "its turn at acme did not come in time at 10 requests a second;"
                                        + " nothing was sent"));
        world.live(Duration.ofSeconds(1));
        assertThat(world.order()).containsExactly("x", "x", "x", "a", "a");
    }

    @Test
    @DisplayName("A refused attempt takes no token from the others")
    void turn_refusedTakesNothing() {
        ask("x", "x", "x");
        world.ask("late", Urgency.FLOW, Duration.ZERO);
        ask("a");
        world.live(Duration.ofMillis(100));
        assertThat(world.order()).containsExactly("x", "x", "x", "a");
    }

    @Test
    @DisplayName("The row is bounded; money pushes the last of the flow out, and never the reverse")
    void turn_full() {
        ask("x", "x", "x");
        for (int i = 0; i < Limits.PACE_WAITING_MAX; i++) {
            ask("p" + i % 7);
        }
        assertThat(world.told).hasSize(3);
        ask("one-more");
        assertThat(world.told.getLast())
                .satisfies(told -> assertThat(told.probe()).isEqualTo("one-more"))
                .satisfies(told -> assertThat(told.granted()).isFalse());
        world.ask("void", Urgency.MONEY, LONG);
        assertThat(world.told).hasSize(5);
        assertThat(world.told.getLast().urgency()).isEqualTo(Urgency.FLOW);
        world.live(Duration.ofMillis(100));
        assertThat(world.order().getLast()).isEqualTo("void");
    }

    @Test
    @DisplayName("At shutdown the flow is refused at once, and money still moves at its pace")
    void stopFlow_moneyGoesOn() {
        ask("x", "x", "x", "a", "b");
        world.ask("void", Urgency.MONEY, LONG);
        world.pacer.stopFlow();
        assertThat(world.told).filteredOn(told -> !told.granted()).hasSize(2);
        ask("c");
        assertThat(world.told.getLast().turn())
                .isEqualTo(new Turn.Refused(0, "the agent is shutting down"));
        world.ask("refund", Urgency.MONEY, LONG);
        world.live(Duration.ofMillis(200));
        assertThat(world.order()).containsExactly("x", "x", "x", "void", "refund");
    }

    @Test
    @DisplayName("A new pace holds at once and takes no one's place away")
    void change_keepsPlaces() {
        ask("x", "x", "x", "a", "b", "c");
        world.pacer.change(new GatewayPace(100, 1, 4));
        world.live(Duration.ofMillis(30));
        assertThat(world.order()).containsExactly("x", "x", "x", "a", "b", "c");
        world.live(Duration.ofMinutes(1));
        ask("d", "e");
        assertThat(world.order()).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("In no span of time do more pass than the burst and the rate allow")
    void turn_neverFaster(long seed) {
        Random random = new Random(seed);
        GatewayPace pace = new GatewayPace(1 + random.nextInt(30), 1 + random.nextInt(10), 4);
        world = new PaceWorld(pace);
        int asked = 0;
        for (int i = 0; i < 2000; i++) {
            if (random.nextInt(3) > 0 && asked - world.told.size() < 900) {
                Urgency urgency = random.nextBoolean() ? Urgency.MONEY : Urgency.FLOW;
                world.ask(
                        "p" + random.nextInt(5), urgency, Duration.ofMillis(random.nextInt(9000)));
                asked++;
            }
            world.live(Duration.ofMillis(random.nextInt(60)));
        }
        world.live(LONG);

        assertThat(world.told).as("each is answered once").hasSize(asked);
        List<Told> granted = world.granted();
        for (int i = 0; i < granted.size(); i++) {
            for (int j = i; j < Math.min(granted.size(), i + 200); j++) {
                double seconds = (granted.get(j).atNanos() - granted.get(i).atNanos()) / 1e9;
                assertThat((double) (j - i + 1))
                        .as("seed %d, %s, from %d to %d", seed, pace, i, j)
                        .isLessThanOrEqualTo(
                                pace.burst() + pace.requestsPerSecond() * seconds + 1e-6);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, requestsPerSecond", "1, 0, 1, burst", "1, 1, 10001, concurrentRuns"})
    @DisplayName("A pace that is no pace is refused by its key")
    void pace_mistakes(int rate, int burst, int runs, String key) {
        assertThatThrownBy(() -> new GatewayPace(rate, burst, runs))
                .hasMessageStartingWith(key + " is")
                .hasMessageEndingWith("give 1 to 10000");
    }

    @Test
    @DisplayName("Runs by hand wait for room in order and go before scheduled ones")
    void room_order() {
        RunRoom room = new RunRoom(1);
        assertThat(room.isFree()).isTrue();
        room.enter();
        var first = room.awaitPlace();
        var second = room.awaitPlace();
        room.leave();
        assertThat(first.isComplete()).isTrue();
        assertThat(second.isComplete()).isFalse();
        assertThat(room.isFree()).isFalse();
        room.change(2);
        assertThat(second.isComplete()).isTrue();
        room.leave();
        room.leave();
        assertThat(room.isFree()).isTrue();
    }
}
