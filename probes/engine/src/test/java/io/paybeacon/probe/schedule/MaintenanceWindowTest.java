package io.paybeacon.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceWindowTest {

    private static Set<DayOfWeek> days(String names) {
        return Arrays.stream(names.split(" ", -1))
                .map(DayOfWeek::valueOf)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0} {1} for {2} in {3}: from {4} to {5}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SUNDAY|02:00|PT2H|UTC|2026-11-22T02:00:00Z|2026-11-22T04:00:00Z
                    SUNDAY|02:00|PT2H|Europe/Berlin|2026-11-22T01:00:00Z|2026-11-22T03:00:00Z
                    SUNDAY|23:30|PT1H|Europe/Berlin|2026-11-22T22:30:00Z|2026-11-22T23:30:00Z
                    SATURDAY|22:00|PT30H|Europe/Berlin|2026-11-21T21:00:00Z|2026-11-23T03:00:00Z
                    MONDAY|00:00|PT24H|Asia/Kolkata|2026-11-22T18:30:00Z|2026-11-23T18:30:00Z
                    SUNDAY|20:00|PT8H|America/New_York|2026-11-23T01:00:00Z|2026-11-23T09:00:00Z
                    WEDNESDAY|12:00|PT167H|UTC|2026-11-18T12:00:00Z|2026-11-25T11:00:00Z
                    # The clock leaps from 02:00 to 03:00 on 2026-03-29: the start is an hour later.
                    SUNDAY|02:00|PT2H|Europe/Berlin|2026-03-29T01:00:00Z|2026-03-29T03:00:00Z
                    SUNDAY|02:30|PT1H|Europe/Berlin|2026-03-29T01:30:00Z|2026-03-29T02:30:00Z
                    SUNDAY|01:30|PT2H|Europe/Berlin|2026-03-29T00:30:00Z|2026-03-29T02:30:00Z
                    SATURDAY|23:00|PT6H|Europe/Berlin|2026-03-28T22:00:00Z|2026-03-29T04:00:00Z
                    # It is set back from 03:00 to 02:00 on 2026-10-25: the first 02:00 counts.
                    SUNDAY|02:00|PT2H|Europe/Berlin|2026-10-25T00:00:00Z|2026-10-25T02:00:00Z
                    SUNDAY|02:30|PT30M|Europe/Berlin|2026-10-25T00:30:00Z|2026-10-25T01:00:00Z
                    SUNDAY|01:00|PT4H|Europe/Berlin|2026-10-24T23:00:00Z|2026-10-25T03:00:00Z
                    SATURDAY|23:00|PT6H|Europe/Berlin|2026-10-24T21:00:00Z|2026-10-25T03:00:00Z
                    SUNDAY|23:59|PT2M|Pacific/Kiritimati|2026-11-22T09:59:00Z|2026-11-22T10:01:00Z
                    """)
    @DisplayName("A weekly window, its first instant and its last")
    void weekly_bounds(
            String names, LocalTime at, Duration length, ZoneId zone, Instant from, Instant to) {
        MaintenanceWindow window = new MaintenanceWindow.Weekly(days(names), at, length, zone);
        assertThat(window.contains(from.minusMillis(1))).as("before").isFalse();
        assertThat(window.contains(from)).as("first").isTrue();
        assertThat(window.contains(from.plus(Duration.between(from, to).dividedBy(2)))).isTrue();
        assertThat(window.contains(to.minusMillis(1))).as("last").isTrue();
        assertThat(window.contains(to)).as("after").isFalse();
    }

    @Test
    @DisplayName("Over two years of any zone a window covers its length once a week, to the second")
    void weekly_covers() {
        for (String zone :
                new String[] {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}) {
            MaintenanceWindow window =
                    new MaintenanceWindow.Weekly(
                            days("SUNDAY"),
                            LocalTime.of(1, 45),
                            Duration.ofMinutes(90),
                            ZoneId.of(zone));
            Instant begin = Instant.parse("2026-01-01T00:00:00Z");
            long minutes = 0;
            for (int minute = 0; minute < 104 * 7 * 24 * 60; minute++) {
                minutes += window.contains(begin.plusSeconds(60L * minute)) ? 1 : 0;
            }
            assertThat(minutes).as(zone).isEqualTo(104 * 90);
        }
    }

    @Test
    @DisplayName("A single window holds its start and not its end")
    void once_bounds() {
        Instant from = Instant.parse("2026-12-01T02:00:00Z");
        Instant to = Instant.parse("2026-12-01T04:00:00Z");
        MaintenanceWindow window = new MaintenanceWindow.Once(from, to);
        assertThat(window.contains(from.minusNanos(1))).isFalse();
        assertThat(window.contains(from)).isTrue();
        assertThat(window.contains(to.minusNanos(1))).isTrue();
        assertThat(window.contains(to)).isFalse();
    }

    @Test
    @DisplayName("Windows that make no sense are refused with the remedy")
    void mistakes() {
        Instant at = Instant.parse("2026-12-01T02:00:00Z");
        assertThatThrownBy(() -> new MaintenanceWindow.Once(at, at))
                .hasMessageContaining("not after its start");
        ZoneId utc = ZoneId.of("UTC");
        assertThatThrownBy(() ->
                        new MaintenanceWindow.Weekly(
                                Set.of(), LocalTime.NOON, Duration.ofHours(1), utc))
                .hasMessageContaining("name at least one");
        for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofDays(8)}) {
            assertThatThrownBy(() ->
                            new MaintenanceWindow.Weekly(
                                    days("SUNDAY"), LocalTime.NOON, wrong, utc))
                    .hasMessageContaining("at most 7 days");
        }
    }
}
