package io.paybeacon.probe.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of one mapping. Unknown keys are reported when it is made; a key that is missing or of
 * the wrong type is reported when it is asked for, and a stand-in is returned so that reading goes
 * on and finds the other mistakes.
 */
public final class Fields {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final YamlNode.Mapping mapping;
    private final String where;
    private final Problems problems;

    private Fields(YamlNode.Mapping mapping, String where, Problems problems) {
        this.mapping = mapping;
        this.where = where;
        this.problems = problems;
    }

    /** The keys of a mapping, of which only the known ones may occur. */
    public static Fields of(
            YamlNode.Mapping mapping, String where, List<String> known, Problems problems) {
        Fields fields = new Fields(mapping, where, problems);
        mapping.entries()
                .forEach((key, entry) -> {
                    if (!known.contains(key)) {
                        problems.add(
                                entry.keyLine(),
                                fields.path(key),
                                "unknown key; " + Nearest.suggestion(key, known));
                    }
                });
        return fields;
    }

    /** The keys of a node that must be a mapping; none, with a problem added, when it is not. */
    public static Fields of(YamlNode node, String where, List<String> known, Problems problems) {
        if (node instanceof YamlNode.Mapping mapping) {
            return of(mapping, where, known, problems);
        }
        problems.add(
                node.line(),
                where,
                "it is %s; it must be a mapping with the keys %s"
                        .formatted(node.kind(), String.join(", ", known)));
        return new Fields(new YamlNode.Mapping(node.line(), Map.of()), where, problems);
    }

    /** The full name of a key, for messages. */
    public String path(String key) {
        return where.isEmpty() ? key : where + "." + key;
    }

    /** The full name of the mapping; empty for the document. */
    public String where() {
        return where;
    }

    /** The line of the mapping. */
    public int line() {
        return mapping.line();
    }

    /** The line of a key, or of the mapping when the key is absent. */
    public int line(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.line() : entry.keyLine();
    }

    /** Whether the key occurs, whatever its value. */
    public boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** The value of a key. */
    public Optional<YamlNode> node(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).map(YamlNode.Entry::node);
    }

    /** Adds a problem with a key. */
    public void problem(String key, String message) {
        problems.add(line(key), path(key), message);
    }

    /** Adds the problem that a key is missing. */
    public void missing(String key, String remedy) {
        problems.add(mapping.line(), path(key), "it is missing; " + remedy);
    }

    /** A text that must be there. */
    public String text(String key, String remedy) {
        if (!has(key)) {
            missing(key, remedy);
            return "";
        }
        return optionalText(key, remedy).orElse("");
    }

    /** A text that may be there; not empty. */
    public Optional<String> optionalText(String key, String remedy) {
        return node(key)
                .flatMap(node -> {
                    if (node instanceof YamlNode.Scalar scalar
                            && scalar.value() instanceof Value.Text text
                            && !text.text().isBlank()) {
                        return Optional.of(text.text().strip());
                    }
                    String kind = isBlank(node) ? "empty" : node.kind();
                    problem(key, "it is %s; %s".formatted(kind, remedy));
                    return Optional.empty();
                });
    }

    private static boolean isBlank(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.value().text().isBlank();
    }

    /** True or false; false when absent. */
    public boolean flag(String key) {
        return node(key)
                .map(node -> {
                    if (node instanceof YamlNode.Scalar scalar
                            && scalar.value() instanceof Value.Bool bool) {
                        return bool.value();
                    }
                    problem(key, "it is %s; write true or false".formatted(node.kind()));
                    return false;
                })
                .orElse(false);
    }

    /** A whole number within bounds. */
    public Optional<Long> wholeNumber(String key, long min, long max) {
        return node(key).flatMap(node -> whole(node, path(key), line(key), min, max));
    }

    private Optional<Long> whole(YamlNode node, String at, int line, long min, long max) {
        if (node instanceof YamlNode.Scalar scalar
                && scalar.value() instanceof Value.Decimal number
                && number.text().matches("-?[0-9]{1,18}")) {
            long value = Long.parseLong(number.text());
            if (value >= min && value <= max) {
                return Optional.of(value);
            }
        }
        String shown =
                node instanceof YamlNode.Scalar scalar ? Value.show(scalar.value()) : node.kind();
        problems.add(
                line,
                at,
                "it is %s; write a whole number from %d to %d".formatted(shown, min, max));
        return Optional.empty();
    }

    /** One whole number, or a list of them. */
    public Set<Integer> wholeNumbers(String key, int min, int max) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (YamlNode item : oneOrMore(key)) {
            whole(item, path(key), item.line(), min, max).ifPresent(n -> numbers.add(n.intValue()));
        }
        return numbers;
    }

    /** One scalar, or a list of them, as exact texts. */
    public Set<String> texts(String key) {
        Set<String> texts = new LinkedHashSet<>();
        for (YamlNode item : oneOrMore(key)) {
            if (item instanceof YamlNode.Scalar scalar) {
                texts.add(scalar.value().text());
            } else {
                problems.add(
                        item.line(),
                        path(key),
                        "it is %s; write a text or a list of texts".formatted(item.kind()));
            }
        }
        return texts;
    }

    /** The items of a list; an element alone counts as a list of one. */
    public List<YamlNode> oneOrMore(String key) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Items items) {
            if (items.items().isEmpty()) {
                problem(key, "the list is empty; name at least one value or leave the key out");
            }
            return items.items();
        }
        return List.of(node);
    }

    /** The items of a list that must be one; empty when the key is absent. */
    public List<YamlNode> list(String key, String remedy) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Items items) {
            return items.items();
        }
        problem(key, "it is %s; %s".formatted(node.kind(), remedy));
        return List.of();
    }

    /** The entries of a mapping with free keys; empty when the key is absent. */
    public Map<String, YamlNode.Entry> entries(String key, String remedy) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return Map.of();
        }
        if (node instanceof YamlNode.Mapping child) {
            return child.entries();
        }
        problem(key, "it is %s; %s".formatted(node.kind(), remedy));
        return Map.of();
    }

    /** A positive duration of a key, empty when the key is absent or wrong. */
    public Optional<Duration> duration(String key, Duration max) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return Optional.empty();
        }
        String text = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            problem(
                    key,
                    "\"%s\" is not a duration; write a number with its unit, such as 500ms, 10s or"
                                    .formatted(text)
                            + " 2m");
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        if (duration.isZero() || duration.compareTo(max) > 0) {
            problem(
                    key,
                    "\"%s\" is out of bounds; write more than 0 and at most %ds"
                            .formatted(text, max.toSeconds()));
            return Optional.empty();
        }
        return Optional.of(duration);
    }

    /** One of a few words, compared without case. */
    public <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
        return optionalText(key, "write one of " + words(type))
                .flatMap(text -> {
                    for (E constant : type.getEnumConstants()) {
                        if (label(constant).equals(text)) {
                            return Optional.of(constant);
                        }
                    }
                    problem(key, "\"%s\" is unknown; write one of %s".formatted(text, words(type)));
                    return Optional.empty();
                });
    }

    private static <E extends Enum<E>> String words(Class<E> type) {
        Collection<String> labels = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            labels.add(label(constant));
        }
        return String.join(", ", labels);
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The entries as fresh map, for callers that read values by name. */
    public Map<String, YamlNode> nodes(String key, String remedy) {
        Map<String, YamlNode> nodes = new LinkedHashMap<>();
        entries(key, remedy).forEach((name, entry) -> nodes.put(name, entry.node()));
        return nodes;
    }
}
