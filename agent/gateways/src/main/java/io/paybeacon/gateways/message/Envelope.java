package io.paybeacon.gateways.message;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.Origin;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.json.JsonReader.Parsed;
import io.paybeacon.gateways.json.JsonReader.Problem;
import io.paybeacon.gateways.json.JsonValue;
import io.paybeacon.gateways.json.JsonValue.Bool;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.json.JsonValue.Whole;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the object of a message: id, type and time.
 *
 * @param type as it was sent; {@code unknown} where it cannot be read
 * @param problem why the message cannot be read; null when it can
 */
public record Envelope(Origin origin, String type, @Nullable Problem problem) {
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z0-9_.-]{1," + Limits.TYPE_CHARS_MAX + "}");
    private static final String UNKNOWN_TYPE = "unknown";

    /** The last second of the year 9999. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    /** The names of the fields. */
    public record Names(String id, String type, String time) {}

    /**
     * Reads an envelope. A message without a readable id is known by the hash of its body.
     *
     * @param body the bytes that were parsed
     * @param isId whether a text is written as the gateway writes ids of events
     * @param receivedAt stands in for a time that cannot be read, by the agent's clock
     */
    public static Envelope read(
            String gateway,
            Names names,
            Parsed parsed,
            byte[] body,
            Predicate<String> isId,
            Instant receivedAt) {
        Fields root = parsed.root();
        String id = matching(root.text(names.id), isId);
        String type = matching(root.text(names.type), TYPE.asMatchPredicate());
        Instant time = instant(root.get(names.time));
        Problem problem = parsed.problem();
        if (problem == null && id == null) {
            problem = absentOrBad(root, names.id);
        }
        if (problem == null && type == null) {
            problem = absentOrBad(root, names.type);
        }
        if (problem == null && time == null) {
            problem = absentOrBad(root, names.time);
        }
        Origin origin =
                new Origin(
                        gateway,
                        id == null ? idOfBody(body) : id,
                        Objects.requireNonNullElse(time, receivedAt));
        return new Envelope(origin, Objects.requireNonNullElse(type, UNKNOWN_TYPE), problem);
    }

    /** That the message cannot be read, where that is so. */
    public Event malformed(Problem because) {
        return new Malformed(origin, type, because.reason(), because.detail());
    }

    /** The id under which a message without one is known. */
    public static String idOfBody(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-256", e);
        }
    }

    /**
     * A moment from 1970 to 9999, as whole seconds or as ISO 8601 with an offset; null when it is
     * anything else.
     */
    public static @Nullable Instant instant(JsonValue value) {
        return switch (value) {
            case Whole(long seconds) when seconds >= 0 && seconds <= SECONDS_MAX ->
                    Instant.ofEpochSecond(seconds);
            case Text(String text) -> parse(text);
            case Whole _, Bool _, Items _, Fields _, Special _ -> null;
        };
    }

    private static @Nullable Instant parse(String text) {
        Instant instant = Rfc3339.parse(text);
        if (instant == null) {
            return null;
        }
        long seconds = instant.getEpochSecond();
        return seconds >= 0 && seconds <= SECONDS_MAX ? instant : null;
    }

    /** What is wrong with a field that has to be there and is not as documented. */
    public static Problem absentOrBad(Fields fields, String name) {
        JsonValue value = fields.get(name);
        return value == Special.ABSENT || value == Special.NULL
                ? new Problem(MalformedReason.MISSING_FIELD, name + ": missing")
                : new Problem(MalformedReason.BAD_VALUE, name + ": not as documented");
    }

    private static @Nullable String matching(@Nullable String text, Predicate<String> form) {
        return text != null && form.test(text) ? text : null;
    }
}
