package io.paybeacon.gateways.paypal;

import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageObject;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words in which PayPal's objects are read. */
final class PayPalObject {
    /** The name of a card's network. */
    static final Pattern NETWORK =
            Pattern.compile("[A-Z][A-Z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,5})?");
    private static final Pattern LINK =
            Pattern.compile(".*/(?:captures|authorizations)/([A-Za-z0-9-]{1,64})");

    private PayPalObject() {}

    /**
     * An amount that has to be there: {@code {"currency_code": "USD", "value": "10.99"}}.
     *
     * @throws MalformedMessageException if it is not, is no decimal number, is finer than its
     *     currency, or beyond the limit
     */
    static Money money(MessageObject holder, String name) throws MalformedMessageException {
        MessageObject amount = holder.requiredChild(name);
        String named = amount.text("currency_code");
        // Payouts are of an older generation of the API, which calls it otherwise.
        String code = named == null ? amount.text("currency") : named;
        String value = amount.text("value");
        if (code == null) {
            throw amount.missing("currency_code");
        }
        if (value == null) {
            throw amount.missing("value");
        }
        if (!DECIMAL.matcher(value).matches()) {
            throw amount.bad("value", "not a decimal number from zero up");
        }
        Currency currency;
        try {
            currency = Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw amount.bad("currency_code", "none of ISO 4217");
        }
        int exponent = Math.max(0, currency.getDefaultFractionDigits());
        long minorUnits;
        try {
            minorUnits = new BigDecimal(value).movePointRight(exponent).longValueExact();
        } catch (ArithmeticException e) {
            throw amount.bad("value", "finer than the currency, or beyond the limit");
        }
        if (minorUnits > Limits.AMOUNT_MINOR_UNITS_MAX) {
            throw amount.bad("value", "beyond the limit");
        }
        return new Money(minorUnits, currency);
    }

    /** The id of a related object, or null. */
    static @Nullable String related(MessageObject resource, String name)
            throws MalformedMessageException {
        MessageObject supplement = resource.child("supplementary_data");
        MessageObject ids = supplement == null ? null : supplement.child("related_ids");
        return ids == null ? null : ids.plainId(name);
    }

    /** The object that this one was made from, by its link {@code up}; null when there is none. */
    static @Nullable String parent(MessageObject resource) {
        for (MessageObject link : resource.items("links")) {
            String href = link.text("href");
            if ("up".equals(link.text("rel")) && href != null) {
                Matcher matcher = LINK.matcher(href);
                return matcher.matches() ? matcher.group(1) : null;
            }
        }
        return null;
    }

    /** An object without fields, where there is none. */
    static MessageObject orNone(@Nullable MessageObject object) {
        return object == null ? new MessageObject(Fields.NONE, "") : object;
    }

    /** What is not written as an amount, for the errors. */
    static MalformedMessageException mixed(String path) {
        return new MalformedMessageException(
                MalformedReason.BAD_VALUE, path + ": several currencies");
    }
}
