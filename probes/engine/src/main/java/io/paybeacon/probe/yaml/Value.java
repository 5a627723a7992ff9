package io.paybeacon.probe.yaml;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A scalar with its type and its exact text: "0012345" stays a text with its zeros, and a number
 * keeps every digit that was written.
 */
public sealed interface Value {

    /** The exact text, as it stands in a URL, a form field or a header. */
    public String text();

    /** A string. */
    record Text(String text) implements Value {
        public Text {
            requireNonNull(text, "text is null");
        }
    }

    /**
     * A number as it was written.
     *
     * @param text a number in JSON's grammar
     */
    record Decimal(String text) implements Value {

        private static final Pattern JSON_NUMBER =
                Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

        public Decimal {
            // Fails here rather than at the first comparison.
            new BigDecimal(text);
        }

        /** The number that a text is; empty when it is none, or beyond what can be computed. */
        public static Optional<Decimal> parse(String text) {
            try {
                return JSON_NUMBER.matcher(text).matches()
                        ? Optional.of(new Decimal(text))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                // An exponent of more digits than an int has.
                return Optional.empty();
            }
        }

        /** The exact decimal value. */
        public BigDecimal decimal() {
            return new BigDecimal(text);
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Value {
        @Override
        public String text() {
            return Boolean.toString(value);
        }
    }

    /** Whether two values are of one type and equal; 10.0 and 10 are equal numbers. */
    public static boolean same(Value left, Value right) {
        return switch (left) {
            case Text text -> right instanceof Text other && text.equals(other);
            case Decimal number ->
                    right instanceof Decimal other
                            && number.decimal().compareTo(other.decimal()) == 0;
            case Bool bool -> right instanceof Bool other && bool.equals(other);
        };
    }

    /** The value with its type made visible, for messages: {@code "12"} is not {@code 12}. */
    public static String show(Value value) {
        return value instanceof Text text ? '"' + text.text() + '"' : value.text();
    }
}
