package io.paybeacon.gateways.platform;

import io.paybeacon.core.codec.Named;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.json.JsonValue;
import io.paybeacon.gateways.json.JsonValue.Bool;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.json.JsonValue.Whole;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of the platform's format, read strictly: what is not documented is an error, because a
 * field that is misspelt would else be one that is missing. Not safe for use by several threads.
 */
final class DataObject {
    private final Fields fields;
    private final String pointer;
    private final String gateway;
    private final Set<String> read = new HashSet<>();

    /**
     * An object.
     *
     * @param pointer the JSON pointer to it
     * @param gateway what references belong to that name no other
     */
    DataObject(Fields fields, String pointer, String gateway) {
        this.fields = fields;
        this.pointer = pointer;
        this.gateway = gateway;
    }

    /** Whether the field is there and not {@code null}. */
    boolean has(String name) {
        JsonValue value = get(name);
        return value != Special.ABSENT && value != Special.NULL;
    }

    private JsonValue get(String name) {
        read.add(name);
        return fields.get(name);
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
        JsonValue value = get(name);
        if (value == Special.ABSENT || value == Special.NULL) {
            return otherwise;
        }
        if (!(value instanceof Text(String text))) {
            throw bad(name, "not a text", "send a text");
        }
        if (text.length() > Limits.ID_CHARS_MAX) {
            throw bad(
                    name,
                    "longer than " + Limits.ID_CHARS_MAX + " characters",
                    "send a shorter one");
        }
        if (text.codePoints().anyMatch(DataObject::isUnprintable)) {
            throw bad(name, "a control character or half a character", "send printable text");
        }
        return text;
    }

    private static boolean isUnprintable(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE;
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
        JsonValue value = get(name);
        if (value == Special.ABSENT || value == Special.NULL) {
            throw missing(name, "a whole number");
        }
        if (!(value instanceof Whole(long number)) || number < min || number > max) {
            throw bad(
                    name,
                    "not a whole number from " + min + " to " + max,
                    "send one, without quotes, fraction or exponent");
        }
        return number;
    }

    /** Whether it is so, which has to be there. */
    boolean truth(String name) throws RejectedException {
        JsonValue value = get(name);
        if (value instanceof Bool(boolean truth)) {
            return truth;
        }
        throw value == Special.ABSENT
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
        String text = text(name);
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(Origin.EARLIEST) && !instant.isAfter(Origin.LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw bad(name, "not a moment of RFC 3339", "send one such as 2026-11-23T12:00:00Z");
        }
        throw bad(name, "not in the years 1 to 9999", "send a moment of these years");
    }

    /** A day, or null. */
    @Nullable LocalDate optionalDay(String name) throws RejectedException {
        if (!has(name)) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text(name));
            if (day.getYear() >= 1 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException e) {
            throw bad(name, "not a day", "send one such as 2026-11-23");
        }
        throw bad(name, "not in the years 1 to 9999", "send a day of these years");
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
        String owner = reference.gatewayOr(gateway);
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

    private String gatewayOr(String otherwise) throws RejectedException {
        String owner = textOr("gateway", otherwise);
        if (owner.isEmpty() || owner.indexOf(':') >= 0) {
            throw bad(
                    "gateway", "empty, or with a colon", "send the configured name of an account");
        }
        return owner;
    }

    /** An object, which has to be there. */
    DataObject object(String name) throws RejectedException {
        JsonValue value = get(name);
        if (value instanceof Fields object) {
            return new DataObject(object, pointer(name), gateway);
        }
        throw value == Special.ABSENT || value == Special.NULL
                ? missing(name, "an object")
                : bad(name, "not an object", "send an object");
    }

    /** The objects of an array; none when it is missing. */
    List<DataObject> objects(String name) throws RejectedException {
        JsonValue value = get(name);
        if (value == Special.ABSENT || value == Special.NULL) {
            return List.of();
        }
        if (!(value instanceof Items(List<JsonValue> items))) {
            throw bad(name, "not an array", "send an array of objects");
        }
        List<DataObject> objects = new ArrayList<>();
        for (JsonValue item : items) {
            String at = name + "/" + objects.size();
            if (!(item instanceof Fields object)) {
                throw bad(at, "not an object", "send an object");
            }
            objects.add(new DataObject(object, pointer(at), gateway));
        }
        return objects;
    }

    /** There is nothing else in it. */
    void end() throws RejectedException {
        for (String name : fields.values().keySet()) {
            if (!read.contains(name)) {
                throw new RejectedException(
                        pointer + "/" + JsonTree.pointerToken(name),
                        "a field that the format does not know",
                        "leave it out; those it knows here: " + known());
            }
        }
    }

    private String known() {
        return String.join(", ", read.stream().sorted().toList());
    }

    private String pointer(String name) {
        return pointer + "/" + name;
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
