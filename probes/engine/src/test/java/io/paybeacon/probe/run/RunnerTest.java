package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerTest {

    @TempDir Path directory;
    private ProbeBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new ProbeBench(directory.resolve("data"));
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
    }

    private static void assertFailed(RunResult result, String step, ProbeReason reason) {
        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo(step);
        assertThat(result.failure()).as(log).extracting(Failure::reason).isEqualTo(reason);
    }

    /** Every connection that the gateway saw is an attempt in the books, and no other is. */
    private void assertBooksAgree(RunResult result) {
        assertThat(result.attempts()).hasSize(bench.gateway.connections());
        assertThat(bench.gateway.requests()).hasSize(bench.gateway.connections());
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    create  | CLOSE_BEFORE     | closed       | create,create,undo
                    create  | CLOSE_AFTER      | closed       | create,create,undo
                    create  | RESET_AFTER      | reset        | create,create,undo
                    create  | HALF_CLOSE_AFTER | closed       | create,create,undo
                    create  | SILENT_AFTER     | ttfb_timeout | create,create,undo
                    create  | STATUS_408       | http_4xx     | create,find,undo
                    create  | STATUS_500       | http_5xx     | create,find,undo
                    create  | STATUS_401       | auth         | create
                    create  | DECLINE          | declined_unexpected | create
                    create  | GARBAGE_BODY     | schema       | create,find,undo
                    create  | WRONG_AMOUNT     | amount_mismatch | create,undo
                    capture | CLOSE_BEFORE     | closed       | create,capture,capture,undo
                    capture | CLOSE_AFTER      | closed       | create,capture,capture,undo
                    capture | RESET_AFTER      | reset        | create,capture,capture,undo
                    capture | SILENT_AFTER     | ttfb_timeout | create,capture,capture,undo
                    capture | STATUS_408       | http_4xx     | create,capture,undo
                    capture | STATUS_500       | http_5xx     | create,capture,undo
                    capture | GARBAGE_BODY     | schema       | create,capture,undo
                    """)
    @DisplayName("A fault: step and reason, the attempts made, booked as seen, nothing left behind")
    void run_fault(String step, AcmeGateway.Fault fault, String reason, String attempts)
            throws Exception {
        bench.gateway.fail(step, fault);

        RunResult result = bench.run(ProbeBench.PLAN.replace("timeout: 5s", "timeout: 400ms"));

        assertFailed(result, step, ProbeReason.NAMES.find(reason));
        assertBooksAgree(result);
        List<StepResult> all = new ArrayList<>(result.steps());
        all.addAll(result.cleanup().steps());
        assertThat(all.stream().flatMap(s -> s.attempts().stream().map(_ -> s.step())))
                .containsExactly(attempts.split(",", -1));
        assertThat(result.cleanup().state()).isNotEqualTo(CleanupResult.State.ORPHANED);
        assertThat(bench.gateway.payments().values()).allMatch("voided"::equals);
        assertThat(bench.prober.orphans().await(5, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    @DisplayName(
            "A lost response is learned under the same key, and the step has failed all the same")
    void run_recovers() throws Exception {
        bench.gateway.fail("create", AcmeGateway.Fault.CLOSE_AFTER);
        RunResult result = bench.run(ProbeBench.PLAN);

        assertFailed(result, "create", ProbeReason.CLOSED);
        StepResult create = result.steps().getFirst();
        assertThat(create.recovered()).isTrue();
        assertThat(create.attempts())
                .extracting(AttemptResult::purpose)
                .containsExactly(Purpose.FLOW, Purpose.RECOVERY);
        assertThat(bench.gateway.requests().subList(0, 2))
                .extracting(request -> AcmeGateway.header(request, "idempotency-key"))
                .containsOnly(result.runId() + "-create");
        assertThat(bench.gateway.requests())
                .extracting(request -> AcmeGateway.header(request, "traceparent"))
                .doesNotHaveDuplicates()
                .allMatch(parent -> parent.matches("00-" + result.traceId() + "-[0-9a-f]{16}-01"));
        assertThat(bench.gateway.payments()).hasSize(1);
    }

    @Test
    @DisplayName("The journal has the effect on disk before the gateway sees the request")
    void run_journalFirst() throws Exception {
        Path journal = bench.dataDirectory.resolve("probes.journal");
        AtomicReference<String> atCreate = new AtomicReference<>("");
        bench.gateway.onRequest(request -> {
            if (atCreate.get().isEmpty()) {
                atCreate.set(read(journal));
                assertThat(request).startsWith("POST /payments ");
            }
        });
        RunResult result = bench.run(ProbeBench.PLAN);
        assertThat(atCreate.get())
                .contains("\"type\":\"sent\"", result.runId(), "\"step\":\"create\"");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "capture", "void"})
    @DisplayName("Killed at any request, the next start cleans up what the journal tells")
    void recover_afterKill(String operation) throws Exception {
        Path asKilled = Files.createDirectory(directory.resolve("killed"));
        bench.gateway.onRequest(request -> {
            String path = request.split(" ", 3)[1];
            if (path.endsWith(operation.equals("create") ? "payments" : operation)) {
                Path copy = asKilled.resolve("probes.journal");
                if (!Files.exists(copy)) {
                    copy(bench.dataDirectory.resolve("probes.journal"), copy);
                }
            }
        });
        RunResult killed = bench.run(ProbeBench.PLAN.replace("equals: captured", "equals: no"));
        assertThat(asKilled.resolve("probes.journal")).exists();

        bench.prober.close().await(30, TimeUnit.SECONDS);
        bench.prober = bench.open(asKilled);
        var report =
                bench.prober
                        .recover(List.of(bench.target(ProbeBench.PLAN)))
                        .await(30, TimeUnit.SECONDS);
        assertThat(report.cleaned()).containsExactly(killed.runId());
        assertThat(report.orphans()).isEmpty();
        assertThat(bench.gateway.payments()).hasSize(1).containsValue("voided");
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("Time is up: no further step is sent, and cleanup still takes place")
    void run_planTimeout() throws Exception {
        String plan =
                ProbeBench.PLAN
                        .replace("timeout: 20s", "timeout: 400ms")
                        .replace(
                                "  - name: capture",
                                "  - name: told\n    webhookArrives: never\n  - name: capture");
        RunResult result = bench.run(plan);
        assertFailed(result, "told", ProbeReason.WEBHOOK_MISSING);
        assertThat(bench.gateway.operations()).containsExactly("create", "void");
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(result.cleanup().steps()).extracting(StepResult::step).containsExactly("undo");
    }

    @Test
    @DisplayName("A webhook counts for its own run, its own gateway and its own type, early or not")
    void run_webhook() throws Exception {
        String plan =
                ProbeBench.PLAN.replace(
                        "  - name: capture",
                        "  - name: told\n    webhookArrives: payment.held\n  - name: capture");
        bench.gateway.onRequest(request -> {
            if (request.startsWith("POST /payments ")) {
                String run = request.replaceAll("(?s).*\"run\":\"([^\"]+)\".*", "$1");
                arrive("acme-other", run, "payment.held");
                arrive("acme-main", "another-run", "payment.held");
                arrive("acme-main", run, "payment.other");
                arrive("acme-main", run, "payment.held");
            }
        });
        assertThat(bench.run(plan).failure()).isNull();
        assertThat(bench.prober.inbox().unclaimed()).isEqualTo(2);
    }

    private void arrive(String gateway, String run, String type) {
        bench.prober.inbox().arrived(new WebhookInbox.Arrival(gateway, run, type, Instant.now()));
    }

    @Test
    @DisplayName("What cannot be cleaned is an orphan in result, event and list")
    void run_orphan() throws Exception {
        bench.gateway.fail("capture", AcmeGateway.Fault.STATUS_500);
        bench.gateway.fail("void", AcmeGateway.Fault.STATUS_500);
        RunResult result = bench.run(ProbeBench.PLAN);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.ORPHANED);
        assertThat(result.cleanup().steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.step()).isEqualTo("undo");
                    assertThat(step.passed()).isFalse();
                });
        assertThat(bench.prober.orphans().await(5, TimeUnit.SECONDS)).hasSize(1);
        assertThat(bench.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        ProbeEvent.RunCompleted.class,
                        event -> {
                            assertThat(event.cleanup()).isEqualTo(ProbeEvent.Cleanup.ORPHANED);
                            assertThat(event.steps()).hasSize(3);
                            assertThat(event.failure().step()).isEqualTo("capture");
                        });
    }

    @Test
    @DisplayName("Closing ends a run at its next step, cleans it up, and says it was the agent")
    void close_duringRun() throws Exception {
        bench.gateway.onRequest(request -> {
            if (request.startsWith("POST /payments ")) {
                bench.prober.close();
            }
        });
        bench.gateway.fail("create", AcmeGateway.Fault.SILENT_AFTER);
        RunResult result = bench.run(ProbeBench.PLAN.replace("timeout: 5s", "timeout: 300ms"));
        assertThat(bench.gateway.payments()).containsValue("voided").hasSize(1);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        bench.prober = bench.open(directory.resolve("other"));
    }
}
