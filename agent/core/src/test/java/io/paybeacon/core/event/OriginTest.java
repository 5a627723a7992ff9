package io.paybeacon.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who told it, and when. */
class OriginTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30Z");

    static List<Instant> impossible() {
        return List.of(
                Instant.MIN,
                Instant.MAX,
                Origin.EARLIEST.minusMillis(1),
                Origin.LATEST.plusMillis(1));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    @DisplayName("Times that cannot be computed with or stored are refused at the door")
    void times(Instant occurredAt) {
        assertThatThrownBy(() -> new Origin("gw", "evt_1", occurredAt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("occurredAt is not in the years 1 to 9999");
    }

    @Test
    void the_ends_of_the_range_and_finer_times_are_taken() {
        assertThatCode(() -> new Origin("gw", "evt_1", Origin.EARLIEST)).doesNotThrowAnyException();
        assertThat(new Origin("gw", "evt_1", Origin.LATEST.plusNanos(999_999)).occurredAt())
                .isEqualTo(Origin.LATEST);
        assertThat(new Origin("gw", "evt_1", AT.plusNanos(1_999_999)).occurredAt())
                .isEqualTo(AT.plusMillis(1));
    }

    @Test
    @DisplayName("Two pairs of gateway and id never make one key")
    void keys() {
        Stream.<Runnable>of(
                        () -> new Origin("a:b", "c", AT),
                        () -> new PaymentId("a:b", "c"),
                        () -> new ProviderReference("a:b", "c"),
                        () -> new PaymentId("", "c"),
                        () -> new ProviderReference("a", ""))
                .forEach(make ->
                        assertThatThrownBy(make::run).isInstanceOf(IllegalArgumentException.class));
        assertThat(new PaymentId("a", "b:c").key()).isEqualTo("a:b:c");
    }

    @Test
    void order_is_by_time_then_by_event() {
        Origin first = new Origin("gw", "evt_2", AT);
        Origin second = new Origin("gw", "evt_3", AT);
        Origin third = new Origin("gw", "evt_1", AT.plusSeconds(1));

        assertThat(Stream.of(third, second, first).sorted()).containsExactly(first, second, third);
    }
}
