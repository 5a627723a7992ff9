package io.paybeacon.sandbox.adyen;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the JSON of a request and refuses what does not fit, as Adyen words it. */
final class RequestBody {
    private static final int METADATA_KEYS_MAX = 20;
    private static final int METADATA_KEY_CHARS_MAX = 20;
    private static final int METADATA_VALUE_CHARS_MAX = 80;

    private final JsonObject json;

    private RequestBody(JsonObject json) {
        this.json = json;
    }

    /**
     * Reads a body.
     *
     * @throws AdyenRefusal when it is no JSON object
     */
    static RequestBody parse(String body) {
        try {
            return new RequestBody(new JsonObject(body));
        } catch (DecodeException e) {
            throw AdyenRefusal.unreadable("Problem parsing request");
        }
    }

    /** The object of that name; empty when there is none. */
    Optional<RequestBody> object(String name) {
        return switch (json.getValue(name)) {
            case null -> Optional.empty();
            case JsonObject object -> Optional.of(new RequestBody(object));
            default -> throw wrongType(name);
        };
    }

    /** The text of that name, a number or boolean as its text; empty when there is none. */
    Optional<String> text(String name) {
        return switch (json.getValue(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text).filter(t -> !t.isBlank());
            case Number number -> Optional.of(number.toString());
            case Boolean flag -> Optional.of(flag.toString());
            default -> throw wrongType(name);
        };
    }

    /** The text of that name, which Adyen requires with an error code of its own. */
    String requiredText(String name, String errorCode) {
        return text(name)
                .orElseThrow(() ->
                        AdyenRefusal.validation(
                                errorCode, "Required field '" + name + "' is not provided."));
    }

    /** The {@code amount}, which is required. */
    Amount amount() {
        RequestBody amount =
                object("amount")
                        .orElseThrow(() ->
                                AdyenRefusal.validation(
                                        "100", "Required object 'amount' is not provided."));
        String currency =
                amount.text("currency")
                        .filter(RequestBody::isCurrency)
                        .orElseThrow(() ->
                                AdyenRefusal.validation("138", "Unsupported currency specified"));
        long value =
                switch (amount.json.getValue("value")) {
                    case Integer minor -> minor;
                    case Long minor -> minor;
                    case null, default -> throw invalidAmount();
                };
        if (value < 0) {
            throw invalidAmount();
        }
        return new Amount(value, currency);
    }

    static AdyenRefusal invalidAmount() {
        return AdyenRefusal.validation("137", "Field 'amount' is not valid.");
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(c -> c.getCurrencyCode().equals(code));
    }

    /** The {@code metadata}, within Adyen's limits; empty when there is none. */
    Map<String, String> metadata() {
        Optional<RequestBody> metadata = object("metadata");
        Map<String, String> entries = new TreeMap<>();
        metadata.ifPresent(
                m -> m.json.fieldNames().forEach(n -> entries.put(n, m.text(n).orElse(""))));
        if (entries.size() > METADATA_KEYS_MAX) {
            throw AdyenRefusal.validation("177", "Metadata size exceeds limit");
        }
        entries.forEach((key, value) -> {
            if (key.length() > METADATA_KEY_CHARS_MAX) {
                throw AdyenRefusal.validation("178", "Metadata key size exceeds limit");
            }
            if (value.length() > METADATA_VALUE_CHARS_MAX) {
                throw AdyenRefusal.validation("179", "Metadata value size exceeds limit");
            }
        });
        return entries;
    }

    private static AdyenRefusal wrongType(String name) {
        return AdyenRefusal.unreadable("Unable to interpret field '" + name + "'");
    }
}
