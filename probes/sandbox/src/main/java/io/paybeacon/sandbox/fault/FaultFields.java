package io.paybeacon.sandbox.fault;

import io.paybeacon.sandbox.limit.Limits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names and values of one fault; what has been read is taken out. */
final class FaultFields {
    private final String source;
    private final Map<String, String> fields;

    /**
     * Fields about to be read.
     *
     * @param source how messages call the fault
     * @param fields emptied by reading
     */
    FaultFields(String source, Map<String, String> fields) {
        this.source = source;
        this.fields = fields;
    }

    Set<String> names() {
        return fields.keySet();
    }

    Map<String, String> left() {
        return fields;
    }

    Optional<String> take(String name) {
        return Optional.ofNullable(fields.remove(name));
    }

    Optional<Duration> takeDuration(String name) {
        return take(name).map(v -> duration(name, v));
    }

    long number(String name, String value, long min, long max) {
        if (value.matches("\\d{1,12}")) {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw wrong(
                "has "
                        + name
                        + "='"
                        + value
                        + "'; write a whole number from "
                        + min
                        + " to "
                        + max);
    }

    Duration duration(String name, String value) {
        try {
            Duration duration = DurationText.parse(value);
            if (duration.toMillis() > Limits.FAULT_MILLIS_MAX) {
                throw wrong("has " + name + "=" + value + ", longer than 24h");
            }
            return duration;
        } catch (FaultSyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new FaultSyntaxException(source + " has a bad '" + name + "': " + e.getMessage());
        }
    }

    /** The value, when it has the form; else a refusal that says what to write. */
    String matching(String name, String value, String pattern, String wanted) {
        if (!value.matches(pattern)) {
            throw wrong("has " + name + "='" + value + "'; write " + wanted);
        }
        return value;
    }

    FaultSyntaxException wrong(String what) {
        return new FaultSyntaxException(source + " " + what);
    }
}
