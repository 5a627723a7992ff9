package io.paybeacon.gateways.stripe;

import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.json.JsonValue;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Whole;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An object of Stripe's API, read in Stripe's terms. */
final class StripeObject extends MessageObject {
    static final Pattern ID =
            Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0," + (Limits.ID_CHARS_MAX - 1) + "}");
    private static final Pattern WORD =
            Pattern.compile("[a-z][a-z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");

    /** The object at the root of a path. */
    StripeObject(Fields fields, String path) {
        super(fields, path);
    }

    private StripeObject(Fields fields, String path, List<String> leftOut) {
        super(fields, path, leftOut);
    }

    /** Whether the text is written as Stripe writes ids. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * The id of another object, be it given alone or within the object itself ("expanded").
     *
     * @return null when the field is absent or {@code null}
     * @throws MalformedMessageException if it is anything but an id
     */
    @Nullable String id(String name) throws MalformedMessageException {
        JsonValue value = fields().get(name);
        if (value == Special.ABSENT || value == Special.NULL) {
            return null;
        }
        String id = value instanceof Fields expanded ? expanded.text("id") : fields().text(name);
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
        JsonValue value = fields().get(name);
        if (value == Special.ABSENT || value == Special.NULL) {
            throw missing(name);
        }
        String currency = fields().text("currency");
        if (currency == null) {
            throw missing("currency");
        }
        if (!(value instanceof Whole(long amount))) {
            throw bad(name, "not a whole number");
        }
        return StripeAmounts.money(amount, currency, path(name));
    }

    /**
     * An amount of either sign that has to be there, in the object's currency.
     *
     * @throws MalformedMessageException if it or the currency is not, or cannot be money
     */
    Money signedMoney(String name) throws MalformedMessageException {
        if (fields().get(name) instanceof Whole(long amount) && amount < 0) {
            String currency = fields().text("currency");
            if (currency == null) {
                throw missing("currency");
            }
            // The lowest number has no opposite, and is beyond every limit.
            long positive = amount == Long.MIN_VALUE ? Long.MAX_VALUE : -amount;
            Money money = StripeAmounts.money(positive, currency, path(name));
            return new Money(-money.minorUnits(), money.currency());
        }
        return money(name);
    }

    /**
     * An amount in the object's currency; null when it is absent or {@code null}.
     *
     * @throws MalformedMessageException if it is there and cannot be money
     */
    @Nullable Money optionalMoney(String name) throws MalformedMessageException {
        JsonValue value = fields().get(name);
        return value == Special.ABSENT || value == Special.NULL ? null : money(name);
    }

    @Override
    public @Nullable StripeObject child(String name) {
        Fields child = fields().fields(name);
        return child == null ? null : new StripeObject(child, path(name), leftOut());
    }

    /** The objects of an array; none when there is no such array. */
    List<StripeObject> elements(String name) {
        List<StripeObject> objects = new ArrayList<>();
        if (fields().get(name) instanceof Items(List<JsonValue> items)) {
            for (JsonValue item : items) {
                if (item instanceof Fields element) {
                    objects.add(new StripeObject(element, path(name) + "[]", leftOut()));
                }
            }
        }
        return objects;
    }

    /** The objects of a list of Stripe ({@code {"object": "list", "data": [...]}}). */
    List<StripeObject> list(String name) {
        Fields list = fields().fields(name);
        List<StripeObject> objects = new ArrayList<>();
        if (list != null && list.get("data") instanceof Items(List<JsonValue> items)) {
            for (JsonValue item : items) {
                if (item instanceof Fields element) {
                    objects.add(new StripeObject(element, path(name) + ".data[]", leftOut()));
                }
            }
        }
        return objects;
    }

    /** The only text in an array of one; null when there are none or several. */
    @Nullable String onlyWord(String name) {
        return fields().get(name) instanceof Items(List<JsonValue> items) && items.size() == 1
                ? matching(items.getFirst(), name, WORD)
                : null;
    }

    /** A word of an enumeration, or null. */
    @Nullable String word(String name) {
        return matching(name, WORD);
    }
}
