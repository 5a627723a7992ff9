package io.paybeacon.sandbox.paypal;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An object of a request's JSON, which knows where it stands, for the pointers in errors. */
final class RequestBody {
    private static final Pattern DECIMAL = Pattern.compile("-?(?:[0-9]+|[0-9]*[.][0-9]+)");
    private static final int VALUE_CHARS_MAX = 32;
    private static final BigDecimal VALUE_MAX = new BigDecimal("9999999.99");

    private final String pointer;
    private final JsonObject json;

    private RequestBody(String pointer, JsonObject json) {
        this.pointer = pointer;
        this.json = json;
    }

    /** The whole body; no body is an empty object. */
    static RequestBody parse(String text) {
        if (text.isBlank()) {
            return new RequestBody("", new JsonObject());
        }
        try {
            return new RequestBody("", new JsonObject(text));
        } catch (DecodeException | ClassCastException e) {
            throw PayPalRefusal.invalid(
                    Issue.at(
                            "/", "MALFORMED_REQUEST_JSON", "The request JSON is not well formed."));
        }
    }

    String pointer(String name) {
        return pointer + "/" + name;
    }

    Optional<RequestBody> object(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonObject object) {
            return Optional.of(new RequestBody(pointer(name), object));
        }
        throw syntax(name);
    }

    RequestBody requiredObject(String name) {
        return object(name).orElseThrow(() -> missing(name));
    }

    /** The objects of an array that must be there; it may be empty. */
    List<RequestBody> objects(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            throw missing(name);
        }
        if (!(value instanceof JsonArray array)) {
            throw syntax(name);
        }
        List<RequestBody> objects = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            if (!(array.getValue(i) instanceof JsonObject object)) {
                throw syntax(name + "/" + i);
            }
            objects.add(new RequestBody(pointer(name) + "/" + i, object));
        }
        return objects;
    }

    Optional<String> text(String name, int charsMax) {
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw syntax(name);
        }
        if (text.isEmpty() || text.length() > charsMax) {
            throw PayPalRefusal.invalid(
                    Issue.at(
                            pointer(name),
                            "INVALID_STRING_LENGTH",
                            "The value of a field is either too short or too long."));
        }
        return Optional.of(text);
    }

    String requiredText(String name, int charsMax) {
        return text(name, charsMax).orElseThrow(() -> missing(name));
    }

    Optional<String> word(String name, String... allowed) {
        Optional<String> word = text(name, 255);
        if (word.filter(w -> !List.of(allowed).contains(w)).isPresent()) {
            throw PayPalRefusal.invalid(
                    Issue.at(
                            pointer(name),
                            "INVALID_PARAMETER_VALUE",
                            "The value of a field is invalid."));
        }
        return word;
    }

    String requiredWord(String name, String... allowed) {
        return word(name, allowed).orElseThrow(() -> missing(name));
    }

    boolean flag(String name, boolean otherwise) {
        Object value = json.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw syntax(name);
    }

    /** This object as an amount; it must be greater than zero and fit its currency. */
    Money money() {
        String code = requiredText("currency_code", 3);
        String value = requiredText("value", VALUE_CHARS_MAX);
        if (!DECIMAL.matcher(value).matches()) {
            throw syntax("value");
        }
        PayPalCurrency currency =
                PayPalCurrency.of(code)
                        .orElseThrow(() ->
                                PayPalRefusal.unprocessable(
                                        Issue.at(
                                                pointer("currency_code"),
                                                "INVALID_CURRENCY_CODE",
                                                "Currency code is invalid or is not currently"
                                                        + " supported. Please refer"
                                                        + " https://developer.paypal.com/docs/api/reference/currency-codes/"
                                                        + " for list of supported currency"
                                                        + " codes.")));
        BigDecimal exact = new BigDecimal(value);
        if (exact.signum() <= 0) {
            throw amount(
                    "CANNOT_BE_ZERO_OR_NEGATIVE",
                    "Must be greater than zero. If the currency supports decimals, only two"
                            + " decimal place precision is supported.");
        }
        if (exact.stripTrailingZeros().scale() > currency.decimals()) {
            throw currency.decimals() == 0
                    ? amount(
                            "DECIMALS_NOT_SUPPORTED",
                            "Currency does not support decimals. Please refer to"
                                    + " https://developer.paypal.com/docs/api/reference/currency-codes/"
                                    + " for more information.")
                    : amount(
                            "DECIMAL_PRECISION",
                            "If the currency supports decimals, only two decimal place precision"
                                    + " is supported.");
        }
        if (exact.compareTo(VALUE_MAX) > 0) {
            throw amount("MAX_VALUE_EXCEEDED", "Should be less than or equal to 9999999.99.");
        }
        return new Money(exact.movePointRight(currency.decimals()).longValueExact(), currency);
    }

    private PayPalRefusal amount(String issue, String description) {
        return PayPalRefusal.unprocessable(Issue.at(pointer("value"), issue, description));
    }

    PayPalRefusal syntax(String name) {
        return PayPalRefusal.invalid(
                Issue.at(
                        pointer(name),
                        "INVALID_PARAMETER_SYNTAX",
                        "The value of a field does not conform to the expected format."));
    }

    PayPalRefusal missing(String name) {
        return PayPalRefusal.invalid(
                Issue.at(
                        pointer(name),
                        "MISSING_REQUIRED_PARAMETER",
                        "A required field / parameter is missing."));
    }
}
