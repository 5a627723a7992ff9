package io.paybeacon.server.config.schema;

import java.util.List;

/** What the value of a key looks like. Deeply immutable. */
public sealed interface Shape {
    /** The form of a name that users choose: a label of metrics, part of a path. */
    String NAME_PATTERN = "[a-z][a-z0-9_-]{0,31}";

    /** A reference to a secret. */
    String REFERENCE_PATTERN = "\\$\\{(env|file):[^}]+\\}";

    /** A duration: digits and a unit. */
    String DURATION_PATTERN = "[0-9]{1,9}(ms|s|m|h|d)";

    /**
     * A text.
     *
     * @param form what it holds, for people
     * @param pattern that it matches whole; empty when the reader judges it
     * @param example one that is right
     */
    record Text(String form, String pattern, String example) implements Shape {}

    /** One of a few words. */
    record Word(List<String> words, String example) implements Shape {
        public Word {
            words = List.copyOf(words);
        }
    }

    /**
     * A whole number.
     *
     * @param unit for people; empty when it counts things that the meaning names
     */
    record Whole(long min, long max, String unit, long example) implements Shape {}

    /**
     * A time span, written with its unit.
     *
     * @param limits of it, for people
     */
    record Span(String limits, String example) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** A reference to a secret: {@code ${env:NAME}} or {@code ${file:path}}. */
    record Reference(String example) implements Shape {}

    /** A text, a number, or true or false, with its exact text. */
    record Scalar(String example) implements Shape {}

    /** A list; a single value counts as a list of one. */
    record OneOrMore(Shape item) implements Shape {}

    /** A list. */
    record Items(Shape item) implements Shape {}

    /** A mapping of these keys and no others. */
    record Group(List<Key> keys) implements Shape {
        public Group {
            keys = List.copyOf(keys);
        }

        /** A mapping of these keys. */
        static Group of(Key... keys) {
            return new Group(List.of(keys));
        }

        /** The names of the keys, in the order they are declared. */
        public List<String> names() {
            return keys.stream().map(Key::name).toList();
        }
    }

    /**
     * A mapping whose names the user chooses.
     *
     * @param called what a name stands for, for people, such as {@code GATEWAY}
     * @param pattern that names match whole; empty when the reader judges them
     */
    record Named(String called, String pattern, Shape item) implements Shape {}

    /** One of several mappings. */
    record Choice(List<Group> groups) implements Shape {
        public Choice {
            groups = List.copyOf(groups);
        }
    }
}
