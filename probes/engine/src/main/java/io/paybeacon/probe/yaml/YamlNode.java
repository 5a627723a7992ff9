package io.paybeacon.probe.yaml;

import java.util.List;
import java.util.Map;

/** A piece of a YAML document that knows its line. */
public sealed interface YamlNode {

    /** Line on which it begins, from 1. */
    int line();

    /** What it is, for messages. */
    String kind();

    /** A scalar; {@link Value} carries its type and exact text. */
    record Scalar(int line, Value value) implements YamlNode {
        @Override
        public String kind() {
            return switch (value) {
                case Value.Text _ -> "a text";
                case Value.Decimal _ -> "a number";
                case Value.Bool _ -> "true or false";
            };
        }
    }

    /** A null, or a key without a value. */
    record Nothing(int line) implements YamlNode {
        @Override
        public String kind() {
            return "empty";
        }
    }

    /** A list. */
    record Items(int line, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping; keys in the order of the file, each with its line. */
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** A value and the line of its key. */
    record Entry(int keyLine, YamlNode node) {}
}
