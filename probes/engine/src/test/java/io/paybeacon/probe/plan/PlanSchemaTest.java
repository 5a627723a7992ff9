package io.paybeacon.probe.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.yaml.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanSchemaTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    private final PlanSchema schema;

    PlanSchemaTest() throws IOException {
        schema = new PlanSchema();
    }

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("probes/catalog/src/main/resources"))) {
            List<Path> plans =
                    new ArrayList<>(files.filter(f -> f.toString().endsWith(".yaml")).toList());
            assertThat(plans).isNotEmpty();
            return plans.stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    @DisplayName("Every shipped plan is accepted by the reader and by the schema")
    void schema_shippedPlan(Path file) throws IOException {
        String yaml = Files.readString(file);
        assertThat(schema.errors(yaml)).isEmpty();
        assertThat(PlanReader.read(file.getFileName().toString(), yaml))
                .isInstanceOf(PlanReading.Accepted.class);
    }

    @Test
    void schema_goodPlan() throws IOException {
        assertThat(schema.errors(PlanMistake.GOOD)).isEmpty();
        assertThat(schema.errors(FullPlan.YAML)).isEmpty();
    }

    static Stream<PlanMistake> mistakes() {
        return PlanMistake.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    @DisplayName("What a schema can see of a mistake, the editor shows too")
    void schema_mistake(PlanMistake mistake) throws IOException {
        List<String> errors = schema.errors(mistake.yaml());
        assertThat(!errors.isEmpty()).as("%s", errors).isEqualTo(mistake.seenBySchema());
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    @DisplayName("Reader and schema know the same keys of every mapping, and no others are let in")
    void schema_sameKeys(Shape shape) throws IOException {
        Object document = JsonDocument.parse(schema.text().getBytes(StandardCharsets.UTF_8));
        Map<?, ?> definition =
                (Map<?, ?>) DocumentPath.parse("$.$defs." + shape.label()).read(document);
        assertThat(definition).as(shape.label()).isNotNull();
        assertThat(definition.get("additionalProperties")).isEqualTo(new Value.Bool(false));
        Map<?, ?> properties = (Map<?, ?>) definition.get("properties");
        assertThat(properties.keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrderElementsOf(shape.keys());
    }

    @Test
    @DisplayName("The copy for editors is the schema that is shipped")
    void schema_copy() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/plan.schema.json")))
                .isEqualTo(schema.text());
    }
}
