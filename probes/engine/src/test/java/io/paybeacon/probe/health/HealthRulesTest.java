package io.paybeacon.probe.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an illness of the agent, when, and for how long; on clocks of the test. */
class HealthRulesTest {

    private static final String FIRST = "tcp://192.0.2.1:443";
    private static final String SECOND = "tcp://192.0.2.2:443";
    private static final String NAME = "dns://example.com";
    private static final Duration SECOND_LONG = Duration.ofSeconds(1);

    private final HealthWorld world =
            new HealthWorld(
                    HealthSettings.DEFAULT.withCanaries(
                            List.of(
                                    Canary.parse(FIRST),
                                    Canary.parse(SECOND),
                                    Canary.parse(NAME))));

    @Test
    @DisplayName("A well agent stays well and says nothing")
    void quiet() {
        world.rounds.start();
        world.live(Duration.ofMinutes(5));
        assertThat(world.changes).isEmpty();
        assertThat(world.book.states()).allMatch(HealthState::well);
        // Three canaries, a round every five seconds.
        assertThat(world.asked).isBetween(3 * 59, 3 * 61);
    }

    @ParameterizedTest
    @CsvSource({"549, false", "550, true", "5000, true"})
    @DisplayName("The process stood still: what fell into it is spoiled, and nothing else")
    void pause_spoils(long millis, boolean ill) {
        world.live(SECOND_LONG);
        long before = world.nanos;
        world.freeze(Duration.ofMillis(millis));
        // The watch has not ticked yet, but what asks now must know.
        assertThat(world.pauses.unnoticed(before).isPresent()).isEqualTo(ill);
        world.pauses.tick();
        long after = world.nanos;
        assertThat(world.illness(HealthCheck.PAUSE, before, after).isPresent()).isEqualTo(ill);
        assertThat(world.illness(HealthCheck.PAUSE, before - 10, before - 1)).isEmpty();
        assertThat(world.illness(HealthCheck.PAUSE, after + 1, after + 10)).isEmpty();
        assertThat(world.heard()).isEqualTo(ill ? "pause ill" : "");
        world.live(Duration.ofSeconds(9));
        assertThat(world.heard()).isEqualTo(ill ? "pause ill" : "");
        world.live(Duration.ofSeconds(2));
        assertThat(world.heard()).isEqualTo(ill ? "pause ill, pause well" : "");
    }

    @Test
    @DisplayName("Pauses one after another are one illness, well after a quiet time only")
    void pause_hysteresis() {
        for (int i = 0; i < 5; i++) {
            world.live(Duration.ofSeconds(4));
            world.freeze(Duration.ofSeconds(1));
        }
        world.live(Duration.ofSeconds(20));
        assertThat(world.heard()).isEqualTo("pause ill, pause well");
        assertThat(world.changes.getFirst().detail())
                .isEqualTo("the process stood still for 1000 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "-3600000, the wall clock was set back by 3600 s",
        "1000, the wall clock was set forward by 1 s",
        "86400000, the wall clock was set forward by 86400 s"
    })
    @DisplayName("The wall clock leaps: it is not trusted for two minutes")
    void clock_leaps(long millis, String detail) {
        world.live(SECOND_LONG);
        long before = world.nanos;
        world.wall = world.wall.plusMillis(millis);
        world.live(SECOND_LONG);
        assertThat(world.heard()).isEqualTo("clock ill");
        assertThat(world.illness(HealthCheck.CLOCK, world.nanos, world.nanos))
                .contains(new Illness(HealthCheck.CLOCK, detail));
        assertThat(world.illness(HealthCheck.CLOCK, 0, before - 200_000_000)).isEmpty();
        world.live(Duration.ofSeconds(121));
        assertThat(world.heard()).isEqualTo("clock ill, clock well");
        assertThat(world.illness(HealthCheck.CLOCK, world.nanos, world.nanos)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-999, 500, 999})
    @DisplayName("A small correction of the wall clock is no leap, and a pause is none")
    void clock_smallSteps(long millis) {
        world.live(SECOND_LONG);
        world.wall = world.wall.plusMillis(millis);
        world.live(SECOND_LONG);
        world.freeze(Duration.ofHours(1));
        world.live(SECOND_LONG);
        assertThat(world.illness(HealthCheck.CLOCK, 0, world.nanos)).isEmpty();
    }

    @Test
    @DisplayName("One canary that answers is enough; without any the network is ill")
    void egress_all() {
        world.rounds.start();
        world.fail(FIRST, "fails: refused");
        world.live(Duration.ofSeconds(30));
        assertThat(world.changes).isEmpty();
        assertThat(world.illness(HealthCheck.EGRESS, 0, world.nanos)).isEmpty();

        long cut = world.nanos;
        world.fail(SECOND, "does not answer");
        world.live(Duration.ofSeconds(7));
        assertThat(world.heard()).isEqualTo("egress ill");
        assertThat(world.changes.getFirst().detail())
                .isEqualTo(FIRST + " fails: refused; " + SECOND + " does not answer");
        assertThat(world.illness(HealthCheck.EGRESS, cut, cut)).isPresent();

        world.mend(FIRST);
        world.live(Duration.ofSeconds(12));
        assertThat(world.heard()).isEqualTo("egress ill, egress well");
        assertThat(world.illness(HealthCheck.EGRESS, world.nanos, world.nanos)).isEmpty();
        // It is remembered: a run that ends later may have failed in it.
        assertThat(world.illness(HealthCheck.EGRESS, cut, cut)).isPresent();
        assertThat(world.illness(HealthCheck.NAME_SERVER, 0, world.nanos)).isEmpty();
    }

    @Test
    @DisplayName("One failed round spoils what failed meanwhile, and makes no alarm")
    void egress_hysteresis() {
        world.rounds.start();
        world.live(Duration.ofSeconds(4));
        world.fail(FIRST, "x");
        world.fail(SECOND, "x");
        world.live(Duration.ofMillis(1200));
        world.mend(FIRST);
        world.live(Duration.ofSeconds(60));
        assertThat(world.changes).isEmpty();
        long during = 7_000_000_000L + 5_000_000_000L;
        assertThat(world.illness(HealthCheck.EGRESS, during, during)).isPresent();
    }

    @Test
    @DisplayName("A name server that does not answer is an illness of its own")
    void nameServer() {
        world.rounds.start();
        world.fail(NAME, "does not answer");
        world.live(Duration.ofSeconds(10));
        assertThat(world.heard()).isEqualTo("name_server ill");
        assertThat(world.illness(HealthCheck.EGRESS, 0, world.nanos)).isEmpty();
    }

    @Test
    @DisplayName("A verdict waits for a round that began after the failure, many share one")
    void verdict_fresh() {
        world.rounds.start();
        world.live(SECOND_LONG);
        int before = world.asked;
        world.fail(FIRST, "x");
        world.fail(SECOND, "x");
        long failedAt = world.nanos;
        List<Future<Void>> verdicts =
                IntStream.range(0, 100).mapToObj(_ -> world.rounds.roundSince(failedAt)).toList();
        assertThat(verdicts).noneMatch(Future::isComplete);
        world.live(Duration.ofMillis(50));
        assertThat(verdicts).allMatch(Future::isComplete);
        assertThat(world.asked - before).isEqualTo(3);
        assertThat(world.illness(HealthCheck.EGRESS, failedAt, failedAt)).isPresent();
    }

    @Test
    @DisplayName("However many failures there are, canaries are not asked more than every 250 ms")
    void verdict_spacing() {
        world.rounds.start();
        world.live(SECOND_LONG);
        int before = world.asked;
        for (int i = 0; i < 200; i++) {
            var _ = world.rounds.roundSince(world.nanos);
            world.live(Duration.ofMillis(50));
        }
        // Ten seconds: forty rounds of three.
        assertThat(world.asked - before).isBetween(100, 123);
    }

    @Test
    @DisplayName("Canaries whose deadline passed while the process stood still prove nothing")
    void pause_duringRound() {
        world.rounds.start();
        world.live(Duration.ofMillis(4990));
        world.canaryTakes = Duration.ofSeconds(2);
        world.fail(FIRST, "does not answer");
        world.fail(SECOND, "does not answer");
        world.live(Duration.ofMillis(500));
        world.freeze(Duration.ofSeconds(30));
        world.mend(FIRST);
        world.mend(SECOND);
        world.live(Duration.ofSeconds(30));
        assertThat(world.heard()).isEqualTo("pause ill, pause well");
        assertThat(world.illness(HealthCheck.EGRESS, 0, world.nanos)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://1.1.1.1:443, true",
        "tcp://[2606:4700::1111]:53, true",
        "tcp://example.com:80, true",
        "dns://example.com, true",
        "tcp://1.1.1.1, false",
        "tcp://1.1.1.1:0, false",
        "tcp://1.1.1.1:70000, false",
        "dns://example.com:53, false",
        "http://example.com, false",
        "tcp://u:p@1.1.1.1:443, false",
        "tcp://1.1.1.1:443/path, false",
        "example.com:443, false",
        "'not a uri', false",
        "'', false"
    })
    @DisplayName("A canary is read strictly, and reads back as it was written")
    void canary_parse(String text, boolean fits) {
        if (fits) {
            assertThat(Canary.parse(text)).hasToString(text);
        } else {
            assertThatThrownBy(() -> Canary.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("give tcp://HOST:PORT or dns://NAME");
        }
    }
}
