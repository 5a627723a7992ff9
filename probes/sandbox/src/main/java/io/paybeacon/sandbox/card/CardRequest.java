package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON object of a request, read strictly: unknown fields are refused, none is repeated. */
final class CardRequest {
    private final JsonObject json;
    private final String prefix;

    private CardRequest(JsonObject json, String prefix) {
        this.json = json;
        this.prefix = prefix;
    }

    /** An amount of a request, in minor units. */
    record Amount(long minor, String currency) {}

    /** The body; an empty one counts as an empty object. */
    static CardRequest parse(String body) {
        try {
            return new CardRequest(body.isBlank() ? new JsonObject() : new JsonObject(body), "");
        } catch (DecodeException | ClassCastException e) {
            throw CardRefusal.field("invalid_json", "", "the body is not a JSON object");
        }
    }

    CardRequest only(String... known) {
        Set<String> names = Set.of(known);
        for (String name : json.fieldNames()) {
            if (!names.contains(name)) {
                // The name is the client's own text: a slip could have put a number there.
                String shown = name.matches("[A-Za-z_]{1,40}") ? prefix + name : prefix + "?";
                throw CardRefusal.field(
                        "unknown_field", shown, "known fields: " + String.join(", ", known));
            }
        }
        return this;
    }

    CardRequest object(String name) {
        if (json.getValue(name) instanceof JsonObject object) {
            return new CardRequest(object, prefix + name + ".");
        }
        throw wrong(name, "an object is needed");
    }

    String text(String name, String pattern, String wanted) {
        if (json.getValue(name) instanceof String text && text.matches(pattern)) {
            return text;
        }
        throw wrong(name, wanted);
    }

    boolean flag(String name) {
        Object value = json.getValue(name, false);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false is needed");
    }

    int number(String name, int min, int max) {
        if (json.getValue(name) instanceof Integer number && number >= min && number <= max) {
            return number;
        }
        throw wrong(name, "a whole number from " + min + " to " + max + " is needed");
    }

    Optional<Amount> optionalAmount() {
        return json.containsKey("amount") ? Optional.of(amount()) : Optional.empty();
    }

    Amount amount() {
        CardRequest amount = object("amount").only("value", "currency");
        Object value = amount.json.getValue("value");
        String currency = amount.text("currency", "[A-Z]{3}", "an ISO 4217 code is needed");
        boolean exists =
                Currency.getAvailableCurrencies().stream()
                        .anyMatch(c -> c.getCurrencyCode().equals(currency));
        if (!exists) {
            throw amount.wrong("currency", "an ISO 4217 code is needed");
        }
        if (value instanceof Integer || value instanceof Long) {
            long minor = ((Number) value).longValue();
            if (minor >= 1 && minor <= Limits.CARD_AMOUNT_MINOR_MAX) {
                return new Amount(minor, currency);
            }
        }
        throw amount.wrong(
                "value",
                "a whole number of minor units from 1 to "
                        + Limits.CARD_AMOUNT_MINOR_MAX
                        + " is needed");
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (!json.containsKey("metadata")) {
            return metadata;
        }
        CardRequest object = object("metadata");
        for (Map.Entry<String, Object> entry : object.json) {
            if (entry.getKey().length() > Limits.METADATA_KEY_CHARS_MAX
                    || !(entry.getValue() instanceof String text)
                    || text.length() > Limits.METADATA_VALUE_CHARS_MAX) {
                throw wrong(
                        "metadata",
                        "keys of at most 40 and texts of at most 500 characters are needed");
            }
            metadata.put(entry.getKey(), text);
        }
        if (metadata.size() > Limits.METADATA_KEYS_MAX) {
            throw wrong("metadata", "at most 50 entries are kept");
        }
        return metadata;
    }

    CardRefusal wrong(String name, String wanted) {
        return CardRefusal.field("invalid_field", prefix + name, wanted);
    }
}
