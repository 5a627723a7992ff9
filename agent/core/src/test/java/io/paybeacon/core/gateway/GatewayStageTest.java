package io.paybeacon.core.gateway;

import static io.paybeacon.core.event.PaymentStatus.AUTHORISED;
import static io.paybeacon.core.event.PaymentStatus.CAPTURED;
import static io.paybeacon.core.event.PaymentStatus.CREATED;
import static io.paybeacon.core.event.PaymentStatus.FAILED;
import static io.paybeacon.core.event.PaymentStatus.PROCESSING;
import static io.paybeacon.core.output.Metric.GATEWAY_RECENT_ATTEMPTS;
import static io.paybeacon.core.output.Metric.PAYMENTS;
import static io.paybeacon.core.scenario.Facts.attempt;
import static io.paybeacon.core.scenario.Facts.payment;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.GatewayEvent;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.output.Output.Level;
import io.paybeacon.core.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The picture of a gateway that its payments add up to. */
class GatewayStageTest {
    private static final Instant NOON = Scenario.time("12:00:00");

    @Test
    @DisplayName("Payments move from status to status, and none is ever counted in two")
    void payments_by_status() {
        Scenario scenario =
                new Scenario()
                        .tell("pi_1", payment(CREATED))
                        .tell("pi_2", payment(CREATED))
                        .expect(PAYMENTS, 2, "created")
                        .tell("pi_1", attempt("ch_1", AUTHORISED))
                        .again()
                        .expect(PAYMENTS, 1, "created")
                        .expect(PAYMENTS, 1, "authorised")
                        .tell("pi_1", attempt("ch_1", CAPTURED))
                        .expect(PAYMENTS, 0, "authorised")
                        .expect(PAYMENTS, 1, "captured");
        assertThat(cell(scenario).payments())
                .containsExactlyInAnyOrderEntriesOf(Map.of(CREATED, 1L, CAPTURED, 1L));
    }

    @Test
    @DisplayName("Every status of a gateway has a level from its first payment on")
    void levels_start_at_zero() {
        Scenario scenario = new Scenario().tell("pi_1", payment(CREATED));
        for (PaymentStatus status : PaymentStatus.values()) {
            assertThat(scenario.driver().outputs())
                    .contains(
                            new Level(
                                    Scenario.series(PAYMENTS, status.label()),
                                    status == CREATED ? 1 : 0));
        }
    }

    @Test
    @DisplayName("Attempts count for a quarter of an hour; then the clock alone takes them away")
    void window() {
        Scenario scenario =
                new Scenario()
                        .at("10:00:30")
                        .tell("pi_1", attempt("ch_1", CAPTURED))
                        .tell("pi_2", attempt("ch_2", FAILED))
                        .at("10:05:10")
                        .tell("pi_3", attempt("ch_3", CAPTURED))
                        .expect(GATEWAY_RECENT_ATTEMPTS, 2, "approved")
                        .expect(GATEWAY_RECENT_ATTEMPTS, 1, "error")
                        .at("10:15:59")
                        .expect(GATEWAY_RECENT_ATTEMPTS, 2, "approved")
                        .at("10:16:00")
                        .expect(GATEWAY_RECENT_ATTEMPTS, 1, "approved")
                        .expect(GATEWAY_RECENT_ATTEMPTS, 0, "error");
        assertThat(scenario.driver().deadline("gateway", Scenario.GATEWAY)).isNotNull();
        scenario.at("10:21:00").expect(GATEWAY_RECENT_ATTEMPTS, 0, "approved");
        assertThat(cell(scenario).minutes()).isEmpty();
        assertThat(scenario.driver().deadline("gateway", Scenario.GATEWAY)).isNull();
        scenario.expect(PAYMENTS, 2, "captured");
    }

    @Test
    @DisplayName("However long attempts go on, a cell keeps no more than the minutes of its window")
    void growth() {
        Scenario scenario = new Scenario();
        for (int minute = 0; minute < 200; minute++) {
            scenario.later(Duration.ofMinutes(1)).tell("pi_" + minute, attempt("ch_1", CAPTURED));
            assertThat(cell(scenario).minutes()).hasSizeLessThanOrEqualTo(16);
        }
        assertThat(cell(scenario).recent()).isEqualTo(new Outcomes(16, 0, 0, 0));
        assertThat(cell(scenario).enoughEvidence()).isFalse();
    }

    @Test
    void a_delta_that_comes_after_its_window_leaves_no_minute() {
        Scenario scenario = new Scenario().at("12:00:00");
        scenario.accept(
                new CellDelta(
                        scenario.origin(),
                        Map.of(PROCESSING, 1L),
                        Map.of(NOON.minus(Duration.ofMinutes(16)), new Outcomes(1, 0, 0, 0))));
        assertThat(cell(scenario).minutes()).isEmpty();
        assertThat(cell(scenario).payments()).containsExactly(Map.entry(PROCESSING, 1L));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    @DisplayName("Deltas added up before they arrive do what they do one by one, in any order")
    void combine(long seed) {
        Random random = new Random(seed);
        List<GatewayEvent> deltas = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deltas.add(delta(random, i));
        }
        GatewayCell oneByOne = apply(deltas);
        Collections.shuffle(deltas, random);
        assertThat(apply(deltas)).as("seed %d, shuffled", seed).isEqualTo(oneByOne);

        GatewayStage stage = new GatewayStage();
        GatewayEvent sum = deltas.stream().reduce(stage::combine).orElseThrow();
        assertThat(apply(List.of(sum))).as("seed %d, combined", seed).isEqualTo(oneByOne);
        Collections.shuffle(deltas, random);
        assertThat(deltas.stream().reduce(stage::combine)).as("seed %d", seed).contains(sum);
    }

    private static GatewayEvent delta(Random random, int i) {
        Map<PaymentStatus, Long> payments = new EnumMap<>(PaymentStatus.class);
        for (PaymentStatus status : PaymentStatus.values()) {
            if (random.nextInt(3) == 0) {
                payments.put(status, random.nextLong(-2, 3));
            }
        }
        Map<Instant, Outcomes> outcomes = new HashMap<>();
        outcomes.put(
                NOON.minus(Duration.ofMinutes(random.nextInt(20))),
                new Outcomes(random.nextInt(3), random.nextInt(3), 1, 0));
        return new CellDelta(
                new Origin(Scenario.GATEWAY, "evt_" + i, NOON.minusSeconds(random.nextInt(5))),
                payments,
                outcomes);
    }

    private static GatewayCell apply(List<GatewayEvent> events) {
        Scenario scenario = new Scenario().at("12:00:00");
        events.forEach(scenario::accept);
        return cell(scenario);
    }

    private static GatewayCell cell(Scenario scenario) {
        return scenario.driver().find("gateway", Scenario.GATEWAY, GatewayCell.class);
    }
}
