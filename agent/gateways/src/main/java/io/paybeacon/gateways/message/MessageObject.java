package io.paybeacon.gateways.message;

import io.paybeacon.core.codec.Named;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.json.JsonValue;
import io.paybeacon.gateways.json.JsonValue.Bool;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object of a message, with its path for the errors.
 *
 * <p>What the facts of a message stand on has to be right, and throws when it is not. What only
 * describes a payment is left out when it is not right, and its path goes into {@link #leftOut}, so
 * that it is counted. Not safe for use by several threads.
 */
public class MessageObject {
    private static final Pattern ID =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0," + (Limits.ID_CHARS_MAX - 1) + "}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private final Fields fields;
    private final String path;
    private final List<String> leftOut;

    /** The object at the root of a path. */
    public MessageObject(Fields fields, String path) {
        this(fields, path, new ArrayList<>());
    }

    /** An object within another, which shares what is left out. */
    protected MessageObject(Fields fields, String path, List<String> leftOut) {
        this.fields = fields;
        this.path = path;
        this.leftOut = leftOut;
    }

    /** The fields as they were read. */
    protected final Fields fields() {
        return fields;
    }

    /** Where the field of a name stands. */
    protected final String path(String name) {
        return path + "." + name;
    }

    /** The paths of what was left out so far, in this object and those within it. */
    public final List<String> leftOut() {
        return leftOut;
    }

    /** Whether the field is there, were it {@code null}. */
    public final boolean has(String name) {
        return fields.get(name) != Special.ABSENT;
    }

    /** Whether the field is there and {@code null}. */
    public final boolean isNull(String name) {
        return fields.get(name) == Special.NULL;
    }

    /** The field as it is. */
    public final JsonValue value(String name) {
        return fields.get(name);
    }

    /** The field if it is a text, else null. */
    public final @Nullable String text(String name) {
        return fields.text(name);
    }

    /** Whether the field is {@code true}. */
    public final boolean isTrue(String name) {
        return fields.get(name) instanceof Bool(boolean value) && value;
    }

    /** Whether the field is {@code false}. */
    public final boolean isFalse(String name) {
        return fields.get(name) instanceof Bool(boolean value) && !value;
    }

    /**
     * The id of another object.
     *
     * @return null when the field is absent, {@code null} or empty
     * @throws MalformedMessageException if it is anything but an id
     */
    public final @Nullable String plainId(String name) throws MalformedMessageException {
        JsonValue value = fields.get(name);
        if (value == Special.ABSENT || value == Special.NULL || value.equals(new Text(""))) {
            return null;
        }
        String id = fields.text(name);
        if (id == null || !isPlainId(id)) {
            throw bad(name, "not an id");
        }
        return id;
    }

    /**
     * An id that has to be there.
     *
     * @throws MalformedMessageException if it is not, or is no id
     */
    public final String requiredPlainId(String name) throws MalformedMessageException {
        String id = plainId(name);
        if (id == null) {
            throw missing(name);
        }
        return id;
    }

    /** Whether the text is written as gateways write ids. */
    public static boolean isPlainId(String text) {
        return ID.matcher(text).matches();
    }

    /** The object in a field, or null. */
    public @Nullable MessageObject child(String name) {
        Fields child = fields.fields(name);
        return child == null ? null : new MessageObject(child, path(name), leftOut);
    }

    /**
     * An object that has to be there.
     *
     * @throws MalformedMessageException if it is not, or is no object
     */
    public final MessageObject requiredChild(String name) throws MalformedMessageException {
        MessageObject child = child(name);
        if (child == null) {
            throw has(name) ? bad(name, "not an object") : missing(name);
        }
        return child;
    }

    /** The objects of an array; none when there is no such array. */
    public final List<MessageObject> items(String name) {
        List<MessageObject> objects = new ArrayList<>();
        if (fields.get(name) instanceof Items(List<JsonValue> items)) {
            for (JsonValue item : items) {
                if (item instanceof Fields element) {
                    objects.add(new MessageObject(element, path(name) + "[]", leftOut));
                }
            }
        }
        return objects;
    }

    /** A text of this form, or null. */
    public final @Nullable String matching(String name, Pattern pattern) {
        return matching(fields.get(name), name, pattern);
    }

    /** The value as a text of this form, or null. */
    protected final @Nullable String matching(JsonValue value, String name, Pattern pattern) {
        if (value == Special.ABSENT || value == Special.NULL) {
            return null;
        }
        if (value instanceof Text(String text) && pattern.matcher(text).matches()) {
            return text;
        }
        leftOut.add(path(name));
        return null;
    }

    /**
     * A text of a few printable characters that another chose, such as a name or a reason; empty
     * when there is none.
     */
    public final String words(String name) {
        String text = merchantReference(name);
        return text == null || text.length() > Limits.WORDS_CHARS_MAX ? "" : text;
    }

    /**
     * A moment that the sender knows; null when there is none.
     *
     * @throws MalformedMessageException if it is there and is none
     */
    public final @Nullable Instant optionalInstant(String name) throws MalformedMessageException {
        JsonValue value = fields.get(name);
        if (value == Special.ABSENT || value == Special.NULL) {
            return null;
        }
        Instant instant = Envelope.instant(value);
        if (instant == null) {
            throw bad(name, "not a moment");
        }
        return instant;
    }

    /**
     * A word of a vocabulary of the agent's own, as sources send it that were made for it.
     *
     * @throws MalformedMessageException if it is missing or none of them
     */
    public final <E extends Enum<E>> E word(String name, Named<E> words)
            throws MalformedMessageException {
        String text = fields.text(name);
        if (text == null) {
            throw has(name) ? bad(name, "not a text") : missing(name);
        }
        E word = words.find(text);
        if (word == null) {
            throw bad(name, "not a word that this build knows");
        }
        return word;
    }

    /** A country by its two letters, or null. */
    public final @Nullable String country(String name) {
        return matching(fields.get(name), name, COUNTRY);
    }

    /** A reference that the platform chose, without blanks around it; null when there is none. */
    public final @Nullable String merchantReference(String name) {
        String text = fields.text(name);
        String reference = text == null ? "" : text.strip();
        if (reference.isEmpty()) {
            return null;
        }
        if (reference.length() > Limits.MERCHANT_REFERENCE_CHARS_MAX
                || reference.codePoints().anyMatch(MessageObject::isUnprintable)) {
            leftOut.add(path(name));
            return null;
        }
        return reference;
    }

    private static boolean isUnprintable(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE;
    }

    /** The field is not there. */
    public final MalformedMessageException missing(String name) {
        return new MalformedMessageException(
                MalformedReason.MISSING_FIELD, path(name) + ": missing");
    }

    /** The field is not as documented. */
    public final MalformedMessageException bad(String name, String what) {
        return new MalformedMessageException(MalformedReason.BAD_VALUE, path(name) + ": " + what);
    }
}
