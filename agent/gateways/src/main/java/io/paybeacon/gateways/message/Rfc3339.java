package io.paybeacon.gateways.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Moments as RFC 3339 writes them. */
public final class Rfc3339 {
    private static final int SECONDS_CHARS = "2026-11-23T12:00:00Z".length();
    private static final int MILLIS_CHARS = "2026-11-23T12:00:00.000Z".length();
    private static final int SECONDS_OF_DAY = 86_400;

    private Rfc3339() {}

    /** The moment; null when the text is none. */
    public static @Nullable Instant parse(String text) {
        Instant plain = parsePlain(text);
        if (plain != null) {
            return plain;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The form that nearly all have, in UTC with seconds or milliseconds, without the formatter of
     * the platform, which takes ten times as long; null for every other form, right or wrong.
     */
    private static @Nullable Instant parsePlain(String text) {
        int length = text.length();
        if ((length != SECONDS_CHARS && length != MILLIS_CHARS)
                || text.charAt(length - 1) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || (length == MILLIS_CHARS && text.charAt(19) != '.')) {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int millis = length == MILLIS_CHARS ? number(text, 20, 23) : 0;
        // Days that every month has: what the rest means, the platform decides.
        if (year < 1
                || month < 1
                || month > 12
                || day < 1
                || day > 28
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59
                || millis < 0) {
            return null;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(
                days * SECONDS_OF_DAY + hour * 3_600L + minute * 60L + second, millis * 1_000_000L);
    }

    /** The number that the digits make; negative when one of them is none. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
