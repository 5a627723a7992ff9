package io.paybeacon.server.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.yaml.Problem;
import io.paybeacon.probe.yaml.Problems;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.probe.yaml.YamlReader;
import io.paybeacon.server.config.ConfigReader;
import io.paybeacon.server.config.ConfigReading;
import io.paybeacon.server.config.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page, the schema, the example and the reader know the same keys. */
class ConfigPageTest {
    private static final String COMMAND =
            "java -cp 'agent/server/target/dist/lib/*' "
                    + ConfigPage.class.getName()
                    + " docs/configuration.md docs/agent.schema.json"
                    + " agent/server/src/main/resources/io/paybeacon/server/config"
                    + "/agent.schema.json";
    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "STRIPE_TEST_KEY", "sk_test_of_nobody",
                    "ADYEN_TEST_KEY", "adyen-key-of-nobody",
                    "PROXY_USER", "proxy-user",
                    "SOURCE_USER", "source-user",
                    "MODULE_USER", "module-user",
                    "FINDINGS_USER", "findings-user");

    @TempDir static Path directory;

    @BeforeAll
    static void writeFiles() throws Exception {
        TestKeys.write(directory, "server");
        TestKeys.write(directory, "client");
        TestKeys.write(directory, "ca");
        for (String name :
                List.of(
                        "token",
                        "stripe-webhook-secret",
                        "card-key",
                        "proxy-password",
                        "source-token",
                        "source-password",
                        "module-token",
                        "module-password",
                        "findings-password")) {
            Files.writeString(directory.resolve(name), "a-secret-of-nobody");
        }
        for (String name : List.of("grafana-token", "support-token", "support-next")) {
            Files.writeString(directory.resolve(name), "a-secret-of-nobody-for-" + name);
        }
        Files.writeString(directory.resolve("adyen-hmac-key"), "00C0FFEE");
    }

    @Test
    void committedPage_isTheOneThatTheKeysMake() throws IOException {
        assertThat(Files.readString(Path.of("../../docs/configuration.md")))
                .as("write it anew with: %s", COMMAND)
                .isEqualTo(ConfigPage.text());
    }

    @Test
    void committedSchema_isTheOneThatTheKeysMake() throws IOException {
        assertThat(Files.readString(Path.of("../../docs/agent.schema.json")))
                .as("write it anew with: %s", COMMAND)
                .isEqualTo(JsonSchema.text());
        try (InputStream in = ConfigReader.class.getResourceAsStream("agent.schema.json")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .as("write it anew with: %s", COMMAND)
                    .isEqualTo(JsonSchema.text());
        }
    }

    @Test
    void main_writesPageAndSchema(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("configuration.md");
        Path schema = folder.resolve("agent.schema.json");

        ConfigPage.main(new String[] {page.toString(), schema.toString()});

        assertThat(page).content().contains("## `gateways.GATEWAY.pace`");
        assertThat(schema).content().contains("\"additionalProperties\" : false");
    }

    @Test
    void example_hasEveryKey() {
        Set<Key> declared = new HashSet<>();
        collect(ConfigKeys.DOCUMENT, declared);
        Set<Key> shown = new HashSet<>();
        walk(example(), ConfigKeys.DOCUMENT, "", (key, _) -> shown.add(key));

        assertThat(declared).hasSizeGreaterThan(80);
        assertThat(shown).containsAll(declared);
    }

    @Test
    void example_isRight() throws IOException {
        assertThat(read(ConfigExample.TEXT)).isInstanceOf(ConfigReading.Accepted.class);
    }

    static Stream<String> keys() {
        List<String> paths = new ArrayList<>();
        walk(example(), ConfigKeys.DOCUMENT, "", (_, path) -> paths.add(path));
        return paths.stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyOfTheExample_isRead_forAnImpossibleValueIsAMistakeThere(String path)
            throws IOException {
        String broken = write(replace(example(), path, ""), 0);

        ConfigReading reading = read(broken);

        assertThat(reading).as(broken).isInstanceOf(ConfigReading.Rejected.class);
        assertThat(((ConfigReading.Rejected) reading).problems())
                .extracting(Problem::key)
                .as(broken)
                .anySatisfy(key -> assertThat(key).startsWith(path));
    }

    private static ConfigReading read(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("agent.yaml"), yaml);
        return ConfigReader.read(file, ENVIRONMENT, InstantSource.system());
    }

    private static YamlNode example() {
        return YamlReader.read(ConfigExample.TEXT, new Problems("example")).orElseThrow();
    }

    /** The declared keys below a shape. */
    private static void collect(Shape shape, Set<Key> keys) {
        switch (shape) {
            case Shape.Group group ->
                    group.keys()
                            .forEach(key -> {
                                keys.add(key);
                                collect(key.shape(), keys);
                            });
            case Shape.Named named -> collect(named.item(), keys);
            case Shape.OneOrMore many -> collect(many.item(), keys);
            case Shape.Items items -> collect(items.item(), keys);
            case Shape.Choice choice -> choice.groups().forEach(group -> collect(group, keys));
            case Shape.Text _,
                    Shape.Word _,
                    Shape.Whole _,
                    Shape.Span _,
                    Shape.Flag _,
                    Shape.Reference _,
                    Shape.Scalar _ -> {}
        }
    }

    /** Visits each key of a document with its path in the file. */
    private static void walk(
            YamlNode node, Shape shape, String path, BiConsumer<Key, String> visitor) {
        switch (node) {
            case YamlNode.Mapping mapping ->
                    mapping.entries()
                            .forEach((name, entry) -> {
                                String here = path.isEmpty() ? name : path + "." + name;
                                if (shape instanceof Shape.Named named) {
                                    walk(entry.node(), named.item(), here, visitor);
                                } else {
                                    Key key = key(shape, mapping, name);
                                    visitor.accept(key, here);
                                    walk(entry.node(), key.shape(), here, visitor);
                                }
                            });
            case YamlNode.Items items -> {
                Shape item =
                        switch (shape) {
                            case Shape.Items list -> list.item();
                            case Shape.OneOrMore many -> many.item();
                            default -> shape;
                        };
                for (int i = 0; i < items.items().size(); i++) {
                    walk(items.items().get(i), item, path + "[" + i + "]", visitor);
                }
            }
            case YamlNode.Scalar _, YamlNode.Nothing _ -> {}
        }
    }

    private static Key key(Shape shape, YamlNode.Mapping mapping, String name) {
        Shape.Group group =
                shape instanceof Shape.Choice choice
                        ? choice.groups().stream()
                                .filter(one -> one.names().containsAll(mapping.entries().keySet()))
                                .findFirst()
                                .orElseThrow()
                        : (Shape.Group) shape;
        return group.keys().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The document with something at a path that no key can hold. */
    private static YamlNode replace(YamlNode node, String path, String at) {
        if (path.equals(at)) {
            // A mapping in a list in a list: no text, no number, no group, no list of scalars.
            YamlNode nonsense =
                    new YamlNode.Mapping(
                            1,
                            Map.of(
                                    "nonsense",
                                    new YamlNode.Entry(
                                            1, new YamlNode.Scalar(1, new Value.Text("x")))));
            return new YamlNode.Items(1, List.of(new YamlNode.Items(1, List.of(nonsense))));
        }
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                Map<String, YamlNode.Entry> entries = new java.util.LinkedHashMap<>();
                mapping.entries()
                        .forEach((name, entry) ->
                                entries.put(
                                        name,
                                        new YamlNode.Entry(
                                                1,
                                                replace(
                                                        entry.node(),
                                                        path,
                                                        at.isEmpty() ? name : at + "." + name))));
                yield new YamlNode.Mapping(1, entries);
            }
            case YamlNode.Items items -> {
                List<YamlNode> all = new ArrayList<>();
                for (int i = 0; i < items.items().size(); i++) {
                    all.add(replace(items.items().get(i), path, at + "[" + i + "]"));
                }
                yield new YamlNode.Items(1, all);
            }
            case YamlNode.Scalar _, YamlNode.Nothing _ -> node;
        };
    }

    /** The document as YAML that is JSON. */
    private static String write(YamlNode node, int depth) {
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                List<String> parts = new ArrayList<>();
                mapping.entries()
                        .forEach((name, entry) ->
                                parts.add(quoted(name) + ": " + write(entry.node(), depth + 1)));
                yield "{" + String.join(",\n" + "  ".repeat(depth), parts) + "}";
            }
            case YamlNode.Items items ->
                    items.items().stream()
                            .map(item -> write(item, depth + 1))
                            .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
            case YamlNode.Scalar(_, Value value) ->
                    value instanceof Value.Text text ? quoted(text.text()) : value.text();
            case YamlNode.Nothing _ -> "null";
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
