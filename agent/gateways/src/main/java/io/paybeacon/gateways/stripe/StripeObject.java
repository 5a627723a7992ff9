package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.json.JsonValue;
import io.paybeacon.gateways.json.JsonValue.Bool;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.json.JsonValue.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object of Stripe's API, read in Stripe's terms.
 *
 * <p>What the facts of a message stand on has to be right, and throws when it is not. What only
 * describes a payment is left out when it is not right, and its path goes into {@link #leftOut}, so
 * that it is counted.
 */
final class StripeObject {
    private static final Pattern ID =
            Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0," + (Limits.ID_CHARS_MAX - 1) + "}");
    private static final Pattern WORD =
            Pattern.compile("[a-z][a-z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private final Fields fields;
    private final String path;
    private final List<String> leftOut;

    /** The object at the root of a path. */
    StripeObject(Fields fields, String path) {
        this(fields, path, new ArrayList<>());
    }

    private StripeObject(Fields fields, String path, List<String> leftOut) {
        this.fields = fields;
        this.path = path;
        this.leftOut = leftOut;
    }

    /** Whether the text is written as Stripe writes ids. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The paths of what was left out so far, in this object and those within it. */
    List<String> leftOut() {
        return leftOut;
    }

    /** Whether the field is there, were it {@code null}. */
    boolean has(String name) {
        return fields.get(name) != Special.ABSENT;
    }

    /** Whether the field is there and {@code null}. */
    boolean isNull(String name) {
        return fields.get(name) == Special.NULL;
    }

    /** The field if it is a text, else null. */
    @Nullable String text(String name) {
        return fields.text(name);
    }

    /** Whether the field is {@code true}. */
    boolean isTrue(String name) {
        return fields.get(name) instanceof Bool(boolean value) && value;
    }

    /**
     * The id of another object, be it given alone or within the object itself ("expanded").
     *
     * @return null when the field is absent or {@code null}
     * @throws MalformedMessageException if it is anything but an id
     */
    @Nullable String id(String name) throws MalformedMessageException {
        JsonValue value = fields.get(name);
        if (value == Special.ABSENT || value == Special.NULL) {
            return null;
        }
        String id = value instanceof Fields expanded ? expanded.text("id") : fields.text(name);
        if (id == null || !isId(id)) {
            throw bad(name, "not an id");
        }
        return id;
    }

    /**
     * An id that has to be there.
     *
     * @throws MalformedMessageException if it is not, or is no id
     */
    String requiredId(String name) throws MalformedMessageException {
        String id = id(name);
        if (id == null) {
            throw missing(name);
        }
        return id;
    }

    /**
     * An amount that has to be there, in the object's currency.
     *
     * @throws MalformedMessageException if it or the currency is not, or cannot be money
     */
    Money money(String name) throws MalformedMessageException {
        JsonValue value = fields.get(name);
        if (value == Special.ABSENT || value == Special.NULL) {
            throw missing(name);
        }
        String currency = fields.text("currency");
        if (currency == null) {
            throw missing("currency");
        }
        if (!(value instanceof Whole(long amount))) {
            throw bad(name, "not a whole number");
        }
        return StripeAmounts.money(amount, currency, path + "." + name);
    }

    /**
     * An amount in the object's currency; null when it is absent or {@code null}.
     *
     * @throws MalformedMessageException if it is there and cannot be money
     */
    @Nullable Money optionalMoney(String name) throws MalformedMessageException {
        JsonValue value = fields.get(name);
        return value == Special.ABSENT || value == Special.NULL ? null : money(name);
    }

    /** The object in a field, or null. */
    @Nullable StripeObject child(String name) {
        Fields child = fields.fields(name);
        return child == null ? null : new StripeObject(child, path + "." + name, leftOut);
    }

    /** The objects of a list of Stripe ({@code {"object": "list", "data": [...]}}). */
    List<StripeObject> list(String name) {
        Fields list = fields.fields(name);
        List<StripeObject> objects = new ArrayList<>();
        if (list != null && list.get("data") instanceof Items(List<JsonValue> items)) {
            for (JsonValue item : items) {
                if (item instanceof Fields element) {
                    objects.add(new StripeObject(element, path + "." + name + ".data[]", leftOut));
                }
            }
        }
        return objects;
    }

    /** The only text in an array of one; null when there are none or several. */
    @Nullable String onlyWord(String name) {
        return fields.get(name) instanceof Items(List<JsonValue> items) && items.size() == 1
                ? matching(items.getFirst(), name, WORD)
                : null;
    }

    /** A word of an enumeration, or null. */
    @Nullable String word(String name) {
        return matching(fields.get(name), name, WORD);
    }

    /** A country by its two letters, or null. */
    @Nullable String country(String name) {
        return matching(fields.get(name), name, COUNTRY);
    }

    /** A reference that the platform chose, without blanks around it; null when there is none. */
    @Nullable String merchantReference(String name) {
        String text = fields.text(name);
        String reference = text == null ? "" : text.strip();
        if (reference.isEmpty()) {
            return null;
        }
        if (reference.length() > Limits.MERCHANT_REFERENCE_CHARS_MAX
                || reference.codePoints().anyMatch(StripeObject::isUnprintable)) {
            leftOut.add(path + "." + name);
            return null;
        }
        return reference;
    }

    private static boolean isUnprintable(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE;
    }

    private @Nullable String matching(JsonValue value, String name, Pattern pattern) {
        if (value == Special.ABSENT || value == Special.NULL) {
            return null;
        }
        if (value instanceof Text(String text) && pattern.matcher(text).matches()) {
            return text;
        }
        leftOut.add(path + "." + name);
        return null;
    }

    MalformedMessageException missing(String name) {
        return new MalformedMessageException(
                MalformedReason.MISSING_FIELD, path + "." + name + ": missing");
    }

    MalformedMessageException bad(String name, String what) {
        return new MalformedMessageException(
                MalformedReason.BAD_VALUE, path + "." + name + ": " + what);
    }
}
