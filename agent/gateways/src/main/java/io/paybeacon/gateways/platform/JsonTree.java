package io.paybeacon.gateways.platform;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.paybeacon.core.event.OrderEvent;
import io.paybeacon.gateways.json.CardNumbers;
import io.paybeacon.gateways.json.JsonValue;
import io.paybeacon.gateways.json.JsonValue.Bool;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.json.JsonValue.Whole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event out of the tokens of a parser. What is wrong inside an event is kept until the event
 * has been read to its end, so that those behind it are not lost.
 */
final class JsonTree {
    private static final int NAME_CHARS_SHOWN = 64;

    private @Nullable RejectedException problem;

    private JsonTree() {}

    /**
     * Reads the object that the parser stands on.
     *
     * @throws RejectedException if a field comes twice, a text holds a card number, or an array is
     *     too long; the parser then stands at the end of the object all the same
     * @throws IOException if it is no JSON
     */
    static Fields object(JsonParser parser) throws IOException, RejectedException {
        JsonTree tree = new JsonTree();
        Fields fields = tree.fields(parser, "");
        if (tree.problem != null) {
            throw tree.problem;
        }
        return fields;
    }

    private Fields fields(JsonParser parser, String pointer) throws IOException {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            String child = pointer + "/" + pointerToken(name);
            JsonValue value = value(parser, parser.nextToken(), child);
            if (fields.put(name, value) != null) {
                note(child, "the field comes twice", "send it once");
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonParseException(parser, "an object does not end");
        }
        return new Fields(fields);
    }

    private JsonValue value(JsonParser parser, @Nullable JsonToken token, String pointer)
            throws IOException {
        return switch (token) {
            case VALUE_STRING -> text(parser.getText(), pointer);
            case VALUE_NUMBER_INT -> number(parser, pointer);
            case VALUE_NUMBER_FLOAT -> Special.OTHER_NUMBER;
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NULL -> Special.NULL;
            case START_OBJECT -> fields(parser, pointer);
            case START_ARRAY -> items(parser, pointer);
            case null, default -> throw new JsonParseException(parser, "not a value");
        };
    }

    private JsonValue text(String text, String pointer) {
        String masked = CardNumbers.masked(text);
        if (!masked.equals(text)) {
            noteCard(pointer);
        }
        return new Text(masked);
    }

    private JsonValue number(JsonParser parser, String pointer) throws IOException {
        NumberType type = parser.getNumberType();
        if (type != NumberType.INT && type != NumberType.LONG) {
            return Special.OTHER_NUMBER;
        }
        long value = parser.getLongValue();
        if (CardNumbers.isCard(value)) {
            noteCard(pointer);
            return Special.OTHER_NUMBER;
        }
        return new Whole(value);
    }

    private JsonValue items(JsonParser parser, String pointer) throws IOException {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (items.size() < OrderEvent.LINES_MAX) {
                items.add(value(parser, token, pointer + "/" + items.size()));
            } else if (token == null) {
                throw new JsonParseException(parser, "an array does not end");
            } else {
                note(
                        pointer,
                        "more than " + OrderEvent.LINES_MAX + " elements",
                        "send fewer, or merge them");
                parser.skipChildren();
            }
        }
        return new Items(items);
    }

    private void noteCard(String pointer) {
        note(
                pointer,
                "holds what looks like the number of a card",
                "send the gateway's token or fingerprint instead");
    }

    private void note(String pointer, String reason, String remedy) {
        if (problem == null) {
            problem = new RejectedException(pointer, reason, remedy);
        }
    }

    /** The name in a JSON pointer (RFC 6901), without card numbers and not too long. */
    static String pointerToken(String name) {
        String plain = CardNumbers.masked(name).replace("~", "~0").replace("/", "~1");
        String printable = plain.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= NAME_CHARS_SHOWN
                ? printable
                : printable.substring(0, NAME_CHARS_SHOWN);
    }
}
