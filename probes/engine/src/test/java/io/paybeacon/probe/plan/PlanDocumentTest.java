package io.paybeacon.probe.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference of the plan language says nothing that the reader refuses. */
class PlanDocumentTest {

    private static final Path DOCUMENT =
            Path.of("").toAbsolutePath().getParent().getParent().resolve("docs/plans.md");
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```yaml *(steps|always|)\n(.*?)^```$");
    private static final String HEAD =
            """
            name: example
            gateway: acme
            budget: {currency: USD, perRun: 1099, perDay: 1000000}
            secrets: [key]
            variables: {amount: 1099}
            """;
    private static final String FLOW =
            """
            steps:
              - name: authorise
                http:
                  method: POST
                  path: /v1/payments
                  idempotent: true
                  sideEffect: hold
                  amount: ${amount} USD
                extract: {payment: $.id}
            """;

    /** A block of the document as a whole plan, and the line at which it begins. */
    record Example(int line, String yaml) {
        @Override
        public String toString() {
            return "plans.md:" + line;
        }
    }

    static Stream<Example> examples() throws IOException {
        String text = Files.readString(DOCUMENT);
        List<Example> examples = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            int line = (int) text.substring(0, matcher.start()).lines().count() + 1;
            String block = matcher.group(2);
            String indented =
                    block.lines().map(l -> "  " + l).collect(Collectors.joining("\n")) + "\n";
            examples.add(
                    new Example(
                            line,
                            switch (matcher.group(1)) {
                                case "steps" -> HEAD + "steps:\n" + indented;
                                case "always" -> HEAD + FLOW + "always:\n" + indented;
                                default -> block;
                            }));
        }
        assertThat(examples).hasSizeGreaterThan(10);
        return examples.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    @DisplayName("Every example is a plan that the reader and the schema accept")
    void example(Example example) throws IOException {
        assertThat(PlanReader.read("plans.md", example.yaml()))
                .isInstanceOfSatisfying(
                        PlanReading.Accepted.class,
                        accepted -> assertThat(accepted.plan().steps()).isNotEmpty());
        assertThat(new PlanSchema().errors(example.yaml())).isEmpty();
    }

    @Test
    @DisplayName("Every key of the language is told, and every kind of step has an example")
    void document_complete() throws IOException {
        String text = Files.readString(DOCUMENT);
        assertThat(text.lines().filter(line -> line.startsWith("```yaml")))
                .as("every block is read above")
                .hasSize((int) examples().count());
        for (Shape shape : Shape.values()) {
            assertThat(shape.keys()).allSatisfy(key -> assertThat(text).contains(key));
        }
        Set<Class<?>> kinds =
                examples().flatMap(PlanDocumentTest::steps).collect(Collectors.toSet());
        assertThat(kinds).containsExactlyInAnyOrder(Step.class.getPermittedSubclasses());
    }

    private static Stream<Class<?>> steps(Example example) {
        Plan plan =
                switch (PlanReader.read("plans.md", example.yaml())) {
                    case PlanReading.Accepted accepted -> accepted.plan();
                    case PlanReading.Rejected rejected ->
                            throw new AssertionError(rejected.problems().toString());
                };
        return Stream.concat(plan.steps().stream(), plan.always().stream().map(CleanupStep::step))
                .map(Object::getClass);
    }
}
