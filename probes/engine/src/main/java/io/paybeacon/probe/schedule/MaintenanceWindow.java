package io.paybeacon.probe.schedule;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * A time in which a gateway may be down by agreement: slots that are due in it are skipped. Its
 * start is in it, its end is not.
 */
public sealed interface MaintenanceWindow {

    /** Longest weekly window: beyond it, one week's would run into the next. */
    Duration WEEKLY_MAX = Duration.ofDays(7);

    /** Whether an instant of the agent's wall clock lies in it. */
    boolean contains(Instant instant);

    /**
     * One window.
     *
     * @param from its start
     * @param to its end, after the start
     */
    record Once(Instant from, Instant to) implements MaintenanceWindow {
        public Once {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException(
                        "a maintenance window ends at %s, which is not after its start %s"
                                .formatted(to, from));
            }
        }

        @Override
        public boolean contains(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(to);
        }
    }

    /**
     * A window that comes again every week.
     *
     * <p>It starts by the local clock and then lasts a length of real time, so that a change to or
     * from daylight-saving time neither shortens nor lengthens it. A start that the change leaves
     * out comes as much later as the change is long; of a start that comes twice the first counts.
     *
     * @param days the days on which it starts, at least one
     * @param from local time of its start
     * @param duration how long it lasts, at most a week
     * @param zone where its local time holds
     */
    record Weekly(Set<DayOfWeek> days, LocalTime from, Duration duration, ZoneId zone)
            implements MaintenanceWindow {
        public Weekly {
            days = Set.copyOf(days);
            requireNonNull(from, "from is null");
            requireNonNull(zone, "zone is null");
            if (days.isEmpty()) {
                throw new IllegalArgumentException(
                        "a weekly maintenance window has no day; name at least one");
            }
            if (!duration.isPositive() || duration.compareTo(WEEKLY_MAX) > 0) {
                throw new IllegalArgumentException(
                        "a weekly maintenance window lasts %s; give more than 0 and at most 7 days"
                                .formatted(duration));
            }
        }

        @Override
        public boolean contains(Instant instant) {
            LocalDate today = LocalDate.ofInstant(instant, zone);
            // One day more than it lasts: a change of the clock can move its end past midnight.
            LocalDate earliest = today.minusDays(duration.toDays() + 1);
            for (LocalDate day = today; !day.isBefore(earliest); day = day.minusDays(1)) {
                if (days.contains(day.getDayOfWeek())) {
                    Instant start = day.atTime(from).atZone(zone).toInstant();
                    if (!instant.isBefore(start) && instant.isBefore(start.plus(duration))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
