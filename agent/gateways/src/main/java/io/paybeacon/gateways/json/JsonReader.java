package io.paybeacon.gateways.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.json.JsonValue.Bool;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Items;
import io.paybeacon.gateways.json.JsonValue.Special;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.json.JsonValue.Whole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields that an adapter asked for out of a JSON object, in one pass over its tokens.
 *
 * <p>A text that holds the number of a card is read without it ({@link CardNumbers}), and a number
 * that is one is read as no number: no feature behind can tell what it never got.
 *
 * <p>What was not asked for is passed over and never becomes an object: neither names nor addresses
 * nor texts of a payload can travel further by mistake. A field that was asked for and comes twice
 * in one object makes the message unreadable, because two readers could believe two different
 * values. Immutable and safe for use by many threads.
 */
public final class JsonReader {
    // Names are not interned: metadata has names of the platform's choice.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Limits.NESTING_DEPTH_MAX)
                                    .maxDocumentLength(Limits.BODY_BYTES_MAX)
                                    .maxStringLength(Limits.TEXT_CHARS_MAX)
                                    .maxNameLength(Limits.NAME_CHARS_MAX)
                                    .maxNumberLength(Limits.NUMBER_CHARS_MAX)
                                    .build())
                    .build();

    private final Wanted wanted;
    private final boolean asSent;

    /** A reader of the fields that are wanted. */
    public JsonReader(Wanted wanted) {
        this(wanted, false);
    }

    private JsonReader(Wanted wanted, boolean asSent) {
        this.wanted = wanted;
        this.asSent = asSent;
    }

    /** A reader that leaves card numbers in: to check what was signed, and for nothing else. */
    public static JsonReader asSent(Wanted wanted) {
        return new JsonReader(wanted, true);
    }

    /** Which fields are read. */
    @FunctionalInterface
    public interface Wanted {
        /**
         * Whether to read a field.
         *
         * @param parent the name of the field that holds the object, or holds the array that the
         *     object is an element of; empty for the outermost object
         */
        boolean wants(String parent, String name);
    }

    /**
     * What was read.
     *
     * @param root the outermost object; when there is a problem, as far as it had been read
     * @param problem why it could not be read to its end; null when it could
     */
    public record Parsed(Fields root, @Nullable Problem problem) {}

    /**
     * Why bytes cannot be read.
     *
     * @param detail what is wrong and where; quotes nothing
     */
    public record Problem(MalformedReason reason, String detail) {}

    /** Reads an object. Never throws. */
    public Parsed read(byte[] body) {
        Map<String, JsonValue> root = new HashMap<>();
        Problem problem = null;
        if (body.length > Limits.BODY_BYTES_MAX) {
            problem =
                    new Problem(
                            MalformedReason.OVER_LIMIT,
                            "longer than " + Limits.BODY_BYTES_MAX + " bytes");
        } else {
            try (JsonParser parser = FACTORY.createParser(body)) {
                problem = readDocument(parser, root);
            } catch (StreamConstraintsException e) {
                problem =
                        new Problem(
                                MalformedReason.OVER_LIMIT,
                                "larger, deeper or longer than the limits allow" + at(e));
            } catch (JacksonException e) {
                problem = new Problem(MalformedReason.SYNTAX, "not JSON" + at(e));
            } catch (IOException | RuntimeException e) {
                // No input may throw, not even one that finds a defect of the parser.
                problem = new Problem(MalformedReason.SYNTAX, "not JSON");
            }
        }
        return new Parsed(new Fields(root), problem);
    }

    private @Nullable Problem readDocument(JsonParser parser, Map<String, JsonValue> root)
            throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new Problem(MalformedReason.SYNTAX, "not a JSON object");
        }
        readFields(parser, "", root);
        return parser.nextToken() == null
                ? null
                : new Problem(MalformedReason.SYNTAX, "something follows the JSON object");
    }

    private void readFields(JsonParser parser, String parent, Map<String, JsonValue> into)
            throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (!wanted.wants(parent, name)) {
                parser.skipChildren();
            } else if (into.put(name, readValue(parser, token, name)) != null) {
                throw new JsonParseException(parser, "a field comes twice");
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonParseException(parser, "an object does not end");
        }
    }

    private JsonValue readValue(JsonParser parser, @Nullable JsonToken token, String name)
            throws IOException {
        return switch (token) {
            case VALUE_STRING ->
                    new Text(asSent ? parser.getText() : CardNumbers.masked(parser.getText()));
            case VALUE_NUMBER_INT -> readWhole(parser);
            case VALUE_NUMBER_FLOAT -> Special.OTHER_NUMBER;
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NULL -> Special.NULL;
            case START_OBJECT -> {
                Map<String, JsonValue> fields = new HashMap<>();
                readFields(parser, name, fields);
                yield new Fields(fields);
            }
            case START_ARRAY -> readItems(parser, name);
            case null, default -> throw new JsonParseException(parser, "not a value");
        };
    }

    private JsonValue readWhole(JsonParser parser) throws IOException {
        NumberType type = parser.getNumberType();
        if (type != NumberType.INT && type != NumberType.LONG) {
            return Special.OTHER_NUMBER;
        }
        long value = parser.getLongValue();
        return !asSent && CardNumbers.isCard(value) ? Special.OTHER_NUMBER : new Whole(value);
    }

    private JsonValue readItems(JsonParser parser, String name) throws IOException {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (items.size() < Limits.ARRAY_ITEMS_MAX) {
                items.add(readValue(parser, token, name));
            } else if (token == null) {
                throw new JsonParseException(parser, "an array does not end");
            } else {
                parser.skipChildren();
            }
        }
        return new Items(items);
    }

    private static String at(JacksonException e) {
        JsonLocation location = e.getLocation();
        return location == null
                ? ""
                : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
