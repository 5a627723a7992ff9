package io.paybeacon.gateways.platform;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.paybeacon.core.event.OrderEvent;
import io.paybeacon.gateways.json.CardNumbers;
import io.paybeacon.gateways.platform.DataObject.Other;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    static DataObject object(JsonParser parser) throws IOException, RejectedException {
        JsonTree tree = new JsonTree();
        DataObject object = new DataObject();
        tree.fields(parser, object);
        if (tree.problem != null) {
            throw tree.problem;
        }
        return object;
    }

    private void fields(JsonParser parser, DataObject into) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Object value = value(parser, parser.nextToken(), into, name, "");
            if (!into.add(name, value)) {
                note(into, name, "", "the field comes twice", "send it once");
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonParseException(parser, "an object does not end");
        }
    }

    /**
     * Reads a value.
     *
     * @param holder the object that it is in
     * @param name its field, or that of the array that it is in
     * @param index its place in the array, behind a slash; empty outside of one
     */
    private Object value(
            JsonParser parser,
            @Nullable JsonToken token,
            DataObject holder,
            String name,
            String index)
            throws IOException {
        return switch (token) {
            case VALUE_STRING -> text(parser.getText(), holder, name, index);
            case VALUE_NUMBER_INT -> number(parser, holder, name, index);
            case VALUE_NUMBER_FLOAT -> Other.NUMBER;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> Other.NULL;
            case START_OBJECT -> {
                DataObject child = holder.child(name + index);
                fields(parser, child);
                yield child;
            }
            case START_ARRAY -> items(parser, holder, name, index);
            case null, default -> throw new JsonParseException(parser, "not a value");
        };
    }

    private Object text(String text, DataObject holder, String name, String index) {
        if (!CardNumbers.masked(text).equals(text)) {
            noteCard(holder, name, index);
        }
        return text;
    }

    private Object number(JsonParser parser, DataObject holder, String name, String index)
            throws IOException {
        NumberType type = parser.getNumberType();
        if (type != NumberType.INT && type != NumberType.LONG) {
            return Other.NUMBER;
        }
        long value = parser.getLongValue();
        if (CardNumbers.isCard(value)) {
            noteCard(holder, name, index);
        }
        return value;
    }

    private Object items(JsonParser parser, DataObject holder, String name, String index)
            throws IOException {
        List<Object> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (items.size() < OrderEvent.LINES_MAX) {
                items.add(value(parser, token, holder, name, index + "/" + items.size()));
            } else if (token == null) {
                throw new JsonParseException(parser, "an array does not end");
            } else {
                note(
                        holder,
                        name,
                        index,
                        "more than " + OrderEvent.LINES_MAX + " elements",
                        "send fewer, or merge them");
                parser.skipChildren();
            }
        }
        return items;
    }

    private void noteCard(DataObject holder, String name, String index) {
        note(
                holder,
                name,
                index,
                "holds what looks like the number of a card",
                "send the gateway's token or fingerprint instead");
    }

    private void note(DataObject holder, String name, String index, String reason, String remedy) {
        if (problem == null) {
            problem =
                    new RejectedException(
                            holder.pointer(pointerToken(name) + index), reason, remedy);
        }
    }

    /** A name in a JSON pointer (RFC 6901), printable, without card numbers and not too long. */
    static String pointerToken(String name) {
        String plain = CardNumbers.masked(name).replace("~", "~0").replace("/", "~1");
        String printable = plain.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= NAME_CHARS_SHOWN
                ? printable
                : printable.substring(0, NAME_CHARS_SHOWN);
    }
}
