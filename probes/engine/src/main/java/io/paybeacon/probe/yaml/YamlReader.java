package io.paybeacon.probe.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.paybeacon.probe.limits.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document into nodes with lines. Duplicate keys, anchors, aliases and further
 * documents are mistakes. A plain scalar is a number only in JSON's grammar, so that 0012345 and
 * 1_000 stay texts.
 */
public final class YamlReader {

    private static final YAMLFactory FACTORY = new YAMLFactory();
    private final YAMLParser parser;
    private final Problems problems;

    private YamlReader(YAMLParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** The document's mapping; empty, with a problem added, when there is none. */
    public static Optional<YamlNode.Mapping> read(String text, Problems problems) {
        if (text.length() > Limits.PLAN_CHARS_MAX) {
            problems.add(
                    1,
                    "",
                    "the file has %d characters; at most %d are read"
                            .formatted(text.length(), Limits.PLAN_CHARS_MAX));
            return Optional.empty();
        }
        try (YAMLParser parser = FACTORY.createParser(text)) {
            return new YamlReader(parser, problems).document();
        } catch (JsonProcessingException e) {
            problems.add(line(e), "", "not valid YAML: " + why(e));
            return Optional.empty();
        } catch (TooDeep e) {
            problems.add(
                    e.line, "", "nested deeper than %d levels".formatted(Limits.PLAN_DEPTH_MAX));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    /** Where it was found, not where the construct began that it is in. */
    private static int line(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return marked.getProblemMark().getLine() + 1;
        }
        JsonLocation location = e.getLocation();
        return location == null ? 1 : Math.max(1, location.getLineNr());
    }

    /** What is wrong, without the text around it, which may hold a secret. */
    private static String why(JsonProcessingException e) {
        String message =
                e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null
                        ? marked.getProblem()
                        : e.getOriginalMessage();
        return message.lines().findFirst().orElse("unreadable");
    }

    private Optional<YamlNode.Mapping> document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            problems.add(1, "", "the file is empty");
            return Optional.empty();
        }
        YamlNode node = node(first, "", 0);
        if (parser.nextToken() != null) {
            problems.add(line(), "", "a second document begins here; a file holds one");
        }
        if (node instanceof YamlNode.Mapping mapping) {
            return Optional.of(mapping);
        }
        problems.add(
                node.line(),
                "",
                "the file must hold a mapping of keys to values, not " + node.kind());
        return Optional.empty();
    }

    private YamlNode node(JsonToken token, String where, int depth) throws IOException {
        int line = line();
        if (depth > Limits.PLAN_DEPTH_MAX) {
            throw new TooDeep(line);
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            problems.add(line, where, "anchors and aliases are not read; write the value out");
        }
        return switch (token) {
            case START_OBJECT -> mapping(line, where, depth);
            case START_ARRAY -> items(line, where, depth);
            case VALUE_TRUE -> new YamlNode.Scalar(line, new Value.Bool(true));
            case VALUE_FALSE -> new YamlNode.Scalar(line, new Value.Bool(false));
            case VALUE_NULL -> new YamlNode.Nothing(line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new YamlNode.Scalar(line, plain());
            default -> new YamlNode.Scalar(line, new Value.Text(parser.getText()));
        };
    }

    private Value plain() throws IOException {
        String text = parser.getText();
        return Value.Decimal.parse(text).<Value>map(n -> n).orElseGet(() -> new Value.Text(text));
    }

    private YamlNode mapping(int line, String where, int depth) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int keyLine = line();
            String path = where.isEmpty() ? key : where + "." + key;
            YamlNode value = node(parser.nextToken(), path, depth + 1);
            YamlNode.Entry earlier = entries.putIfAbsent(key, new YamlNode.Entry(keyLine, value));
            if (earlier != null) {
                problems.add(
                        keyLine,
                        path,
                        "the key stands twice, first on line %d; keep one"
                                .formatted(earlier.keyLine()));
            }
        }
        return new YamlNode.Mapping(line, entries);
    }

    private YamlNode items(int line, String where, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(node(token, where + "[" + items.size() + "]", depth + 1));
            token = parser.nextToken();
        }
        return new YamlNode.Items(line, items);
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int line;

        TooDeep(int line) {
            super("nested too deep");
            this.line = line;
        }
    }
}
