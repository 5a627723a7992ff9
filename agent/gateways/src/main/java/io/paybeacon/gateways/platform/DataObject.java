package io.paybeacon.gateways.platform;

import io.paybeacon.core.codec.Named;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.message.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of the platform's format, read strictly: what is not documented is an error, because a
 * field that is misspelt would else be one that is missing. Where it stands is worked out only for
 * the errors. Not safe for use by several threads.
 */
final class DataObject {
    private static final int FIELDS = 8;

    private final @Nullable DataObject parent;
    private final String place;
    private String source = "";
    private String[] names = new String[FIELDS];
    private Object[] values = new Object[FIELDS];
    private boolean[] read = new boolean[FIELDS];
    private int count;

    /** A value that is no text, no whole number, no truth, no object and no array. */
    enum Other {
        /** {@code null}. */
        NULL,
        /** A number that is no {@code long}. */
        NUMBER
    }

    /** The outermost object. */
    DataObject() {
        this(null, "");
    }

    private DataObject(@Nullable DataObject parent, String place) {
        this.parent = parent;
        this.place = place;
    }

    /**
     * An object within this one.
     *
     * @param name the field, or the field and the index in its array
     */
    DataObject child(String name) {
        return new DataObject(this, name);
    }

    /**
     * Adds a field.
     *
     * @param value a {@code String}, {@code Long}, {@code Boolean}, {@link Other}, an object, or a
     *     list of these
     * @return whether there was none of this name
     */
    boolean add(String name, Object value) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return false;
            }
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            values = Arrays.copyOf(values, count * 2);
            read = Arrays.copyOf(read, count * 2);
        }
        names[count] = name;
        values[count] = value;
        count++;
        return true;
    }

    /** References that name no gateway are of this one. */
    void source(String name) {
        source = name;
    }

    private String defaultGateway() {
        return parent == null ? source : parent.defaultGateway();
    }

    /** Whether the field is there and not {@code null}. */
    boolean has(String name) {
        return get(name) != null;
    }

    /** The value; null when there is none, or {@code null} itself. */
    private @Nullable Object get(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                read[i] = true;
                return values[i] == Other.NULL ? null : values[i];
            }
        }
        return null;
    }

    /** A text that has to be there, not empty. */
    String text(String name) throws RejectedException {
        String text = textOr(name, "");
        if (text.isEmpty()) {
            throw missing(name, "a text that is not empty");
        }
        return text;
    }

    /** A text that may be missing. */
    String textOr(String name, String otherwise) throws RejectedException {
        Object value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof String text)) {
            throw bad(name, "not a text", "send a text");
        }
        if (text.length() > Limits.ID_CHARS_MAX) {
            throw bad(
                    name,
                    "longer than " + Limits.ID_CHARS_MAX + " characters",
                    "send a shorter one");
        }
        if (!isPrintable(text)) {
            throw bad(name, "a control character or half a character", "send printable text");
        }
        return text;
    }

    private static boolean isPrintable(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < ' ' || (c >= '\u007f' && c <= '\u009f')) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && at + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    /** A word of an enumeration, which has to be there. */
    <E extends Enum<E>> E word(String name, Named<E> words) throws RejectedException {
        String text = text(name);
        E word = words.find(text);
        if (word == null) {
            throw bad(name, "not a word of the format", "see the JSON Schema for those there are");
        }
        return word;
    }

    /** A whole number within bounds, which has to be there. */
    long whole(String name, long min, long max) throws RejectedException {
        Object value = get(name);
        if (value == null) {
            throw missing(name, "a whole number");
        }
        if (!(value instanceof Long number) || number < min || number > max) {
            throw bad(
                    name,
                    "not a whole number from " + min + " to " + max,
                    "send one, without quotes, fraction or exponent");
        }
        return number;
    }

    /** Whether it is so, which has to be there. */
    boolean truth(String name) throws RejectedException {
        Object value = get(name);
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw value == null
                ? missing(name, "true or false")
                : bad(name, "neither true nor false", "send true or false, without quotes");
    }

    /** A moment, which has to be there. */
    Instant instant(String name) throws RejectedException {
        Instant instant = optionalInstant(name);
        if (instant == null) {
            throw missing(name, "a moment such as 2026-11-23T12:00:00Z");
        }
        return instant;
    }

    /** A moment, or null. */
    @Nullable Instant optionalInstant(String name) throws RejectedException {
        if (!has(name)) {
            return null;
        }
        Instant instant = Rfc3339.parse(text(name));
        if (instant == null) {
            throw bad(name, "not a moment of RFC 3339", "send one such as 2026-11-23T12:00:00Z");
        }
        if (instant.isBefore(Origin.EARLIEST) || instant.isAfter(Origin.LATEST)) {
            throw bad(name, "not in the years 1 to 9999", "send a moment of these years");
        }
        return instant;
    }

    /** A day, or null. */
    @Nullable LocalDate optionalDay(String name) throws RejectedException {
        if (!has(name)) {
            return null;
        }
        LocalDate day;
        try {
            day = LocalDate.parse(text(name));
        } catch (DateTimeException e) {
            throw bad(name, "not a day", "send one such as 2026-11-23");
        }
        if (day.getYear() < 1 || day.getYear() > 9999) {
            throw bad(name, "not in the years 1 to 9999", "send a day of these years");
        }
        return day;
    }

    /** A day, which has to be there. */
    LocalDate day(String name) throws RejectedException {
        LocalDate day = optionalDay(name);
        if (day == null) {
            throw missing(name, "a day such as 2026-11-23");
        }
        return day;
    }

    /** An amount from zero up, which has to be there. */
    Money money(String name) throws RejectedException {
        return money(name, 0);
    }

    /** An amount of either sign, which has to be there. */
    Money signedMoney(String name) throws RejectedException {
        return money(name, -Limits.AMOUNT_MINOR_UNITS_MAX);
    }

    private Money money(String name, long min) throws RejectedException {
        DataObject amount = object(name);
        long minorUnits = amount.whole("minorUnits", min, Limits.AMOUNT_MINOR_UNITS_MAX);
        String currency = amount.text("currency");
        amount.end();
        try {
            return Money.of(minorUnits, currency);
        } catch (IllegalArgumentException e) {
            throw amount.bad("currency", "none of ISO 4217", "send its three letters");
        }
    }

    /** An amount from zero up, or null. */
    @Nullable Money optionalMoney(String name) throws RejectedException {
        return has(name) ? money(name) : null;
    }

    /** A reference of a gateway, which has to be there. */
    ProviderReference reference(String name) throws RejectedException {
        DataObject reference = object(name);
        String owner = reference.textOr("gateway", defaultGateway());
        if (owner.isEmpty() || owner.indexOf(':') >= 0) {
            throw reference.bad(
                    "gateway", "empty, or with a colon", "send the configured name of an account");
        }
        String value = reference.text("reference");
        reference.end();
        return new ProviderReference(owner, value);
    }

    /** A reference of a gateway, or null. */
    @Nullable ProviderReference optionalReference(String name) throws RejectedException {
        return has(name) ? reference(name) : null;
    }

    /** A payment, which has to be there. */
    PaymentId payment(String name) throws RejectedException {
        ProviderReference reference = reference(name);
        return new PaymentId(reference.gateway(), reference.value());
    }

    /** An object, which has to be there. */
    DataObject object(String name) throws RejectedException {
        Object value = get(name);
        if (value instanceof DataObject object) {
            return object;
        }
        throw value == null
                ? missing(name, "an object")
                : bad(name, "not an object", "send an object");
    }

    /** The objects of an array; none when it is missing. */
    List<DataObject> objects(String name) throws RejectedException {
        Object value = get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw bad(name, "not an array", "send an array of objects");
        }
        List<DataObject> objects = new ArrayList<>(items.size());
        for (Object item : items) {
            if (!(item instanceof DataObject object)) {
                throw bad(name + "/" + objects.size(), "not an object", "send an object");
            }
            objects.add(object);
        }
        return objects;
    }

    /** There is nothing else in it. */
    void end() throws RejectedException {
        for (int i = 0; i < count; i++) {
            if (!read[i]) {
                throw bad(
                        JsonTree.pointerToken(names[i]),
                        "a field that the format does not know",
                        "leave it out; see the JSON Schema for those there are");
            }
        }
    }

    /** The JSON pointer to a field. */
    String pointer(String name) {
        return parent == null ? "/" + name : parent.pointer(place) + "/" + name;
    }

    /** That a field is not there. */
    RejectedException missing(String name, String what) {
        return new RejectedException(pointer(name), "missing", "send " + what);
    }

    /** That a field is not as documented. */
    RejectedException bad(String name, String reason, String remedy) {
        return new RejectedException(pointer(name), reason, remedy);
    }
}
