package io.paybeacon.core.decline;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a network lets one card be tried with one amount in one currency. Dated: the rule of a
 * day is the one whose dates hold the day.
 *
 * @param network as payments name it in their property {@code network}
 * @param triesMax tries in all, the first one too
 * @param window within so much time
 * @param from the first day that it holds
 * @param until the last day that it holds; null while it does
 * @param source where it is from
 */
public record NetworkLimit(
        String network,
        int triesMax,
        Duration window,
        LocalDate from,
        @Nullable LocalDate until,
        String source) {
    private static final LocalDate ALWAYS = LocalDate.EPOCH;
    private static final String RETRIES =
            "support.checkout.com/hc/en-us/articles/25482040901394 (network rules on retries)";

    /** The limits that are known. */
    public static final List<NetworkLimit> ALL =
            List.of(
                    new NetworkLimit(
                            "visa",
                            15,
                            Duration.ofDays(30),
                            ALWAYS,
                            LocalDate.parse("2025-05-18"),
                            RETRIES),
                    new NetworkLimit(
                            "visa",
                            20,
                            Duration.ofDays(30),
                            LocalDate.parse("2025-05-19"),
                            null,
                            RETRIES),
                    new NetworkLimit("mastercard", 10, Duration.ofHours(24), ALWAYS, null, RETRIES),
                    new NetworkLimit("mastercard", 35, Duration.ofDays(30), ALWAYS, null, RETRIES));

    /** The limits of a network on a day; none for a network that sets none. */
    public static List<NetworkLimit> of(String network, LocalDate day) {
        return ALL.stream()
                .filter(limit -> limit.network.equals(network) && limit.holdsOn(day))
                .toList();
    }

    private boolean holdsOn(LocalDate day) {
        return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }
}
