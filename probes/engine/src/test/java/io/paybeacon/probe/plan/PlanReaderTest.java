package io.paybeacon.probe.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.plan.Extraction.Source.OfHeader;
import io.paybeacon.probe.plan.Extraction.Source.OfJson;
import io.paybeacon.probe.yaml.Problem;
import io.paybeacon.probe.yaml.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanReaderTest {

    private static final String GOOD = PlanMistake.GOOD;

    private static Plan accepted(String yaml) {
        return switch (PlanReader.read("plan.yaml", yaml)) {
            case PlanReading.Accepted accepted -> accepted.plan();
            case PlanReading.Rejected rejected ->
                    throw new AssertionError(rejected.problems().toString());
        };
    }

    private static List<String> problems(String yaml) {
        return switch (PlanReader.read("plan.yaml", yaml)) {
            case PlanReading.Accepted _ -> List.of();
            case PlanReading.Rejected rejected ->
                    rejected.problems().stream().map(Problem::toString).toList();
        };
    }

    @Test
    @DisplayName("Everything that a plan can say is read as it was written")
    void read_everything() {
        Plan plan = accepted(GOOD);
        assertThat(plan.mode()).isEqualTo(Plan.Mode.TEST);
        assertThat(plan.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(plan.budget()).isEqualTo(new Plan.Budget("USD", 500, 5000));
        assertThat(plan.declines().getFirst().statuses()).containsExactlyInAnyOrder(402, 422);
        assertThat(plan.variables())
                .containsEntry("amount", new Value.Decimal("500"))
                .containsEntry("order", new Value.Text("0012345"))
                .containsEntry("plain", new Value.Text("0012345"))
                .containsEntry("live", new Value.Bool(false));
        Step.Http create = plan.httpStep("create").orElseThrow();
        assertThat(create.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(create.bodyBytesMax()).isEqualTo(4096);
        assertThat(create.extractions())
                .containsExactly(
                        new Extraction(
                                "payment", false, false, new OfJson(DocumentPath.parse("$.id"))),
                        new Extraction("etag", true, false, new OfHeader("ETag")));
        assertThat(create.assertions()).hasSize(7);
        assertThat(create.expectDecline())
                .isEqualTo(new Step.ExpectedDecline(Set.of("insufficient_funds")));
        assertThat(plan.steps().getLast())
                .isEqualTo(new Step.WebhookArrives("told", Duration.ofSeconds(10), "payment.held"));
        assertThat(plan.always().getFirst().when())
                .isEqualTo(new CleanupStep.When(true, Set.of(), Set.of("payment"), Map.of()));
    }

    static Stream<PlanMistake> mistakes() {
        return PlanMistake.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    @DisplayName("One mistake gives one problem, with line, key and remedy")
    void read_mistake(PlanMistake mistake) {
        List<String> problems = problems(mistake.yaml());
        assertThat(problems).contains(mistake.problem());
        assertThat(problems.size()).as("%s", problems).isLessThanOrEqualTo(4);
    }

    @Test
    @DisplayName("Several mistakes are reported together, in the order of the file")
    void read_severalMistakes() {
        String yaml =
                GOOD.replace("timeout: 20s", "timeout: soon")
                        .replace("method: POST", "method: SEND")
                        .replace("- latencyMax: 2s", "- latencyMax: fast");
        assertThat(problems(yaml))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly("plan.yaml:4", "plan.yaml:17", "plan.yaml:45");
    }

    @Test
    @DisplayName("What is not a plan at all is refused in one sentence")
    void read_notAPlan() {
        assertThat(problems("")).containsExactly("plan.yaml:1: the file is empty");
        assertThat(problems("- a\n- b\n"))
                .containsExactly(
                        "plan.yaml:1: the file must hold a mapping of keys to values, not a list");
        assertThat(problems("name: [a\nsteps: {"))
                .singleElement()
                .asString()
                .startsWith("plan.yaml:2: not valid YAML: ");
        assertThat(problems(GOOD + "---\nname: another\n"))
                .singleElement()
                .asString()
                .contains("a second document begins here; a file holds one");
        assertThat(problems("a: ".repeat(1) + "[".repeat(100)))
                .singleElement()
                .asString()
                .contains("nested deeper than 24 levels");
        assertThat(problems("#".repeat(300_000)))
                .containsExactly(
                        "plan.yaml:1: the file has 300000 characters; at most 262144 are read");
    }

    @Test
    @DisplayName("A live plan must say so and must have a budget")
    void read_live() {
        assertThat(accepted("mode: live\n" + GOOD).mode()).isEqualTo(Plan.Mode.LIVE);
        String unlimited =
                "mode: live\n"
                        + GOOD.replace("budget: {currency: USD, perRun: 500, perDay: 5000}\n", "");
        assertThat(problems(unlimited))
                .containsExactly(
                        "plan.yaml:1: budget: it is missing; a plan with mode: live must say what"
                                + " it may hold");
    }
}
