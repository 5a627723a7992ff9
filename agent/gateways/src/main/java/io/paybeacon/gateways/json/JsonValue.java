package io.paybeacon.gateways.json;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value, without what nobody asked for. Immutable. */
public sealed interface JsonValue {
    /** A text. */
    record Text(String value) implements JsonValue {}

    /** A number without fraction or exponent that fits a {@code long}. */
    record Whole(long value) implements JsonValue {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements JsonValue {}

    /** An array; at most as many elements as the limit allows. */
    record Items(List<JsonValue> values) implements JsonValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** An object; only the fields that were asked for. */
    record Fields(Map<String, JsonValue> values) implements JsonValue {
        /** No fields. */
        public static final Fields NONE = new Fields(Map.of());

        public Fields {
            values = Collections.unmodifiableMap(values);
        }

        /** The value of a field; {@link Special#ABSENT} when there is none of that name. */
        public JsonValue get(String name) {
            return values.getOrDefault(name, Special.ABSENT);
        }

        /** The field if it is a text, else null. */
        public @Nullable String text(String name) {
            return get(name) instanceof Text(String value) ? value : null;
        }

        /** The field if it is an object, else null. */
        public @Nullable Fields fields(String name) {
            return get(name) instanceof Fields fields ? fields : null;
        }
    }

    /** Values that hold nothing. */
    enum Special implements JsonValue {
        /** There is no such field. */
        ABSENT,
        /** {@code null}. */
        NULL,
        /** A number that is no {@code long}. */
        OTHER_NUMBER
    }
}
