package io.paybeacon.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.catalog.Catalog;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.RecoveryReport.Orphan;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.PlanReader;
import io.paybeacon.probe.plan.PlanReading;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.server.check.CheckReport.Refusal;
import io.paybeacon.server.check.CheckReport.Tested;
import io.paybeacon.server.check.CheckReport.Untested;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Reports of checks, and the verdict that becomes the exit code. */
class CheckReportTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final Plan PLAN = plan();

    private static Plan plan() {
        String name = "stripe/card-capture-refund";
        return switch (PlanReader.read(name, Catalog.open(name))) {
            case PlanReading.Accepted(Plan plan) -> plan;
            case PlanReading.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }

    private static StepResult step(String name, @Nullable Failure failure) {
        return new StepResult(name, failure, 0, 1_500_000_000L, false, List.of());
    }

    private static Tested run(
            @Nullable Failure failure, CleanupResult.State state, StepResult... steps) {
        return new Tested(
                PLAN,
                new RunResult(
                        "run1",
                        "card",
                        PLAN.name(),
                        "stripe",
                        false,
                        false,
                        "0af7651916cd43dd8448eb211c80319c",
                        AT,
                        AT,
                        2_000_000_000L,
                        2_000_000_000L,
                        failure == null ? null : steps[steps.length - 1].step(),
                        failure,
                        List.of(steps),
                        new CleanupResult(state, List.of()),
                        List.of(),
                        List.of("> POST /v1/payment_intents", "< 500 \u0007 ]]> <&>")));
    }

    private static Tested passed() {
        return run(
                null,
                CleanupResult.State.CLEANED,
                PLAN.steps().stream()
                        .map(step -> step(step.name(), null))
                        .toArray(StepResult[]::new));
    }

    private static Tested failed(ProbeReason reason, CleanupResult.State state) {
        Failure failure = new Failure(reason, "500, expected \"200\" & <more>\u0007");
        return run(failure, state, step("create", null), step("confirm", failure));
    }

    private static CheckReport report(
            List<Tested> tested,
            List<Untested> untested,
            boolean allowed,
            List<Orphan> earlier,
            @Nullable Refusal refusal) {
        return new CheckReport(
                "1.0",
                "agent.yaml",
                AT,
                Duration.ofSeconds(3),
                tested,
                untested,
                allowed,
                earlier,
                refusal);
    }

    private static Element xml(CheckReport report) throws Exception {
        String text = JUnitReport.of(report);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static final Tested PASSED = passed();
    private static final Tested FAILED = failed(ProbeReason.HTTP_5XX, CleanupResult.State.CLEANED);
    private static final Tested ILL = failed(ProbeReason.AGENT_FAULT, CleanupResult.State.CLEANED);
    private static final Untested SKIPPED = new Untested("card2", "stripe", "maintenance");
    private static final Orphan ORPHAN = new Orphan("run0", "card", "stripe", "not released");

    @Test
    @DisplayName("the verdict: what is worst counts, and nothing tested is never a pass")
    void verdict_table() {
        List<Tested> leaves = List.of(failed(ProbeReason.RESET, CleanupResult.State.ORPHANED));
        List<Tested> passesAndLeaves =
                List.of(run(null, CleanupResult.State.ORPHANED, step("create", null)));
        assertThat(verdict(List.of(PASSED), List.of(), false)).isEqualTo(CheckVerdict.PASSED);
        assertThat(verdict(List.of(PASSED, FAILED), List.of(), false))
                .isEqualTo(CheckVerdict.FAILED);
        assertThat(verdict(List.of(PASSED, ILL), List.of(), false))
                .isEqualTo(CheckVerdict.AGENT_FAULT);
        assertThat(verdict(List.of(ILL, FAILED), List.of(), false)).isEqualTo(CheckVerdict.FAILED);
        assertThat(verdict(leaves, List.of(), false)).isEqualTo(CheckVerdict.FAILED);
        assertThat(verdict(passesAndLeaves, List.of(), false)).isEqualTo(CheckVerdict.FAILED);
        assertThat(verdict(List.of(), List.of(), false)).isEqualTo(CheckVerdict.NOT_TESTED);
        assertThat(verdict(List.of(), List.of(SKIPPED), true)).isEqualTo(CheckVerdict.NOT_TESTED);
        assertThat(verdict(List.of(PASSED), List.of(SKIPPED), false))
                .isEqualTo(CheckVerdict.NOT_TESTED);
        assertThat(verdict(List.of(PASSED), List.of(SKIPPED), true)).isEqualTo(CheckVerdict.PASSED);
        assertThat(report(List.of(PASSED), List.of(), false, List.of(ORPHAN), null).verdict())
                .isEqualTo(CheckVerdict.FAILED);
    }

    private static CheckVerdict verdict(
            List<Tested> tested, List<Untested> untested, boolean allowed) {
        return report(tested, untested, allowed, List.of(), null).verdict();
    }

    @Test
    @DisplayName("JUnit: a suite a probe, a case a step, the steps not reached are skipped")
    void junit_failed() throws Exception {
        Element root = xml(report(List.of(PASSED, FAILED), List.of(), false, List.of(), null));

        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getAttribute("tests")).isEqualTo("12");
        assertThat(root.getAttribute("skipped")).isEqualTo("3");
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(12);
        Element failure = (Element) root.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("http_5xx");
        assertThat(failure.getAttribute("message"))
                .isEqualTo("http_5xx: 500, expected \"200\" & <more>\uFFFD");
        Element testCase = (Element) failure.getParentNode();
        assertThat(testCase.getAttribute("classname")).isEqualTo("paybeacon.stripe.card");
        assertThat(testCase.getAttribute("name")).isEqualTo("confirm");
        assertThat(testCase.getAttribute("time")).isEqualTo("1.500");
        assertThat(root.getElementsByTagName("system-out").getLength()).isEqualTo(1);
    }

    @Test
    @DisplayName("JUnit: the agent's own fault is an error, money left behind a failure")
    void junit_agent() throws Exception {
        Tested orphaned = failed(ProbeReason.AGENT_FAULT, CleanupResult.State.ORPHANED);
        Element root = xml(report(List.of(orphaned), List.of(), false, List.of(ORPHAN), null));

        assertThat(root.getAttribute("errors")).isEqualTo("1");
        assertThat(root.getAttribute("failures")).isEqualTo("2");
        assertThat(root.getTextContent()).contains("POST /v1/payment_intents");
    }

    @Test
    @DisplayName(
            "JUnit: a check that tested nothing has a case in error, never an empty green file")
    void junit_nothing() throws Exception {
        Element empty = xml(report(List.of(), List.of(), false, List.of(), null));
        Element skipped = xml(report(List.of(PASSED), List.of(SKIPPED), false, List.of(), null));
        Element allowed = xml(report(List.of(PASSED), List.of(SKIPPED), true, List.of(), null));
        Refusal refusal =
                new Refusal(CheckVerdict.BAD_CONFIGURATION, List.of("agent.yaml:1: probs"));
        Element refused = xml(report(List.of(), List.of(), false, List.of(), refusal));

        assertThat(empty.getAttribute("errors")).isEqualTo("1");
        assertThat(skipped.getAttribute("errors")).isEqualTo("1");
        assertThat(allowed.getAttribute("errors")).isEqualTo("0");
        assertThat(allowed.getAttribute("skipped")).isEqualTo("1");
        assertThat(refused.getAttribute("errors")).isEqualTo("1");
    }

    @Test
    @DisplayName("JSON: verdict, exit code, runs with steps; the log only of what did not pass")
    void json_members() {
        JsonObject json =
                new JsonObject(
                        JsonReport.of(
                                report(
                                        List.of(PASSED, FAILED),
                                        List.of(SKIPPED),
                                        false,
                                        List.of(ORPHAN),
                                        null),
                                1));

        assertThat(json.getString("verdict")).isEqualTo("failed");
        assertThat(json.getInteger("exitCode")).isEqualTo(1);
        JsonObject first = json.getJsonArray("probes").getJsonObject(0);
        JsonObject second = json.getJsonArray("probes").getJsonObject(1);
        assertThat(first.containsKey("debugLog")).isFalse();
        assertThat(second.getJsonArray("debugLog")).hasSize(2);
        assertThat(second.getJsonObject("failure").getString("reason")).isEqualTo("http_5xx");
        assertThat(second.getJsonArray("steps")).hasSize(2);
        assertThat(json.getJsonArray("notTested")).hasSize(1);
        assertThat(json.getJsonArray("earlierOrphans")).hasSize(1);
    }

    @Test
    @DisplayName("table: a line a step, what was not reached, and no colours for a pipeline")
    void table_lines() {
        StringWriter text = new StringWriter();
        TableReport table = new TableReport(new PrintWriter(text), false);
        table.head();
        table.probe(FAILED);
        table.foot(report(List.of(FAILED), List.of(SKIPPED), false, List.of(ORPHAN), null));

        assertThat(text.toString())
                .containsPattern("card +create +pass +1500 ms")
                .containsPattern("card +confirm +FAIL +1500 ms +http_5xx: 500")
                .containsPattern("card +capture +skip +not reached: failed at confirm")
                .containsPattern("card2 +skip +maintenance")
                .contains("2 probes: 0 passed, 1 failed, 0 not counted")
                .doesNotContain("\u001b");
    }
}
