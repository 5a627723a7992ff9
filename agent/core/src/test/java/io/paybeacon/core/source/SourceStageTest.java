package io.paybeacon.core.source;

import static io.paybeacon.core.event.SourceEvent.Signal.ERROR_RATIO;
import static io.paybeacon.core.event.SourceEvent.Signal.LATENCY;
import static io.paybeacon.core.event.SourceEvent.Signal.STATUS;
import static io.paybeacon.core.output.Metric.SOURCE_ERROR_RATIO;
import static io.paybeacon.core.output.Metric.SOURCE_FAILURES;
import static io.paybeacon.core.output.Metric.SOURCE_LAST_SUCCESS;
import static io.paybeacon.core.output.Metric.SOURCE_LATENCY;
import static io.paybeacon.core.output.Metric.SOURCE_STATUS;
import static io.paybeacon.core.output.Metric.SOURCE_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.SourceEvent.Sampled;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceFailed;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.core.scenario.Scenario;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sources say of a gateway. */
class SourceStageTest {
    private static final String PAGE = "status-page";

    @Test
    @DisplayName("The latest value of each signal, and when the source last answered")
    void sampled() {
        Scenario scenario =
                new Scenario()
                        .accept(sampled("10:00:00", STATUS, 4))
                        .accept(sampled("10:01:00", LATENCY, 250_000_000))
                        .accept(sampled("10:01:00", ERROR_RATIO, 20_000))
                        .accept(sampled("10:01:00", STATUS, 2))
                        .again()
                        .expect(SOURCE_STATUS, 2, PAGE)
                        .expect(SOURCE_LATENCY, 250_000_000, PAGE)
                        .expect(SOURCE_ERROR_RATIO, 20_000, PAGE)
                        .expect(SOURCE_UP, 1, PAGE)
                        .expect(SOURCE_LAST_SUCCESS, epochSecond("10:01:00"), PAGE);
        assertThat(state(scenario).samples()).containsOnlyKeys(Signal.values());
        assertThat(scenario.driver().states("source")).containsOnlyKeys("gw:" + PAGE);
    }

    @Test
    @DisplayName("A failure is counted once, and takes the source down but leaves its values")
    void failed() {
        Scenario scenario =
                new Scenario()
                        .accept(sampled("10:00:00", STATUS, 2))
                        .accept(failed("10:01:00", SourceReason.TIMEOUT))
                        .again()
                        .expect(SOURCE_FAILURES, 1, PAGE, "timeout")
                        .expect(SOURCE_UP, 0, PAGE)
                        .expect(SOURCE_STATUS, 2, PAGE)
                        .expect(SOURCE_LAST_SUCCESS, epochSecond("10:00:00"), PAGE);
        assertThat(state(scenario).failure().reason()).isEqualTo(SourceReason.TIMEOUT);
        scenario.accept(sampled("10:02:00", STATUS, 0))
                .expect(SOURCE_UP, 1, PAGE)
                .expect(SOURCE_STATUS, 0, PAGE);
    }

    @Test
    @DisplayName("Told late, a value does not replace what was said since, nor take a source down")
    void late() {
        new Scenario()
                .accept(sampled("10:02:00", STATUS, 1))
                .accept(sampled("10:01:00", STATUS, 4))
                .accept(failed("10:01:30", SourceReason.DNS))
                .expect(SOURCE_STATUS, 1, PAGE)
                .expect(SOURCE_UP, 1, PAGE)
                .expect(SOURCE_FAILURES, 1, PAGE, "dns")
                .expect(SOURCE_LAST_SUCCESS, epochSecond("10:02:00"), PAGE);
    }

    @Test
    @DisplayName("A source that gave a part of what it was asked for is down")
    void part() {
        new Scenario()
                .accept(sampled("10:00:00", STATUS, 1))
                .accept(failed("10:00:00", SourceReason.NO_SERIES))
                .expect(SOURCE_UP, 0, PAGE);
        new Scenario()
                .accept(failed("10:00:00", SourceReason.NO_SERIES))
                .accept(sampled("10:00:00", STATUS, 1))
                .expect(SOURCE_UP, 0, PAGE);
    }

    @Test
    @DisplayName("A source whose own clock is set back is believed all the same")
    void clock_of_the_source() {
        Instant ahead = Origin.LATEST;
        new Scenario()
                .accept(new Sampled(origin("10:00:00"), PAGE, STATUS, 0, ahead))
                .accept(sampled("10:01:00", STATUS, 4))
                .expect(SOURCE_STATUS, 4, PAGE);
    }

    @ParameterizedTest
    @EnumSource(SourceReason.class)
    void every_reason_is_counted(SourceReason reason) {
        new Scenario()
                .accept(failed("10:00:00", reason))
                .expect(SOURCE_FAILURES, 1, PAGE, reason.label())
                .expect(SOURCE_UP, 0, PAGE);
    }

    @Test
    @DisplayName("However long a source fails, it remembers so many failures and not more")
    void limit() {
        Scenario scenario = new Scenario();
        for (int i = 0; i < SourceStage.RECENT_FAILURES_MAX + 50; i++) {
            Origin origin = new Origin(Scenario.GATEWAY, "evt_" + i, Scenario.time("10:00:00"));
            scenario.accept(new SourceFailed(origin, PAGE, SourceReason.TLS, "expired"));
        }
        assertThat(state(scenario).recentFailures()).hasSize(SourceStage.RECENT_FAILURES_MAX);
        scenario.expect(SOURCE_FAILURES, SourceStage.RECENT_FAILURES_MAX + 50, PAGE, "tls");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 5, Long.MIN_VALUE, Long.MAX_VALUE})
    void a_status_that_is_none_is_refused(long value) {
        assertThatThrownBy(() -> sampled("10:00:00", STATUS, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 4");
    }

    @Test
    void a_ratio_above_one_is_refused() {
        assertThatThrownBy(() -> sampled("10:00:00", ERROR_RATIO, 1_000_001))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Sampled sampled(String asked, Signal signal, long value) {
        return new Sampled(origin(asked), PAGE, signal, value, Scenario.time("09:59:00"));
    }

    private static SourceFailed failed(String asked, SourceReason reason) {
        return new SourceFailed(origin(asked), PAGE, reason, "seen and expected");
    }

    private static Origin origin(String asked) {
        return new Origin(Scenario.GATEWAY, "asked " + asked, Scenario.time(asked));
    }

    private static long epochSecond(String time) {
        return Scenario.time(time).getEpochSecond();
    }

    private static SourceState state(Scenario scenario) {
        return scenario.driver().find("source", "gw:" + PAGE, SourceState.class);
    }
}
