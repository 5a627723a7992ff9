package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.http.RawServer;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCheckTest {

    private static final String PLAN =
            """
            steps:
              - name: pay
                http:
                  method: POST
                  path: /payments
                  idempotent: true
                  replayCheck: true
                  sideEffect: hold
                  amount: 500 USD
                  json: {amount: 500}
                extract:
                  payment: $.id
                assert:
                  - status: [200, 201]
                  - amount: $.amount
                    currency: $.currency
                    equals: 500 USD
            always:
              - name: undo
                when: {known: payment}
                http:
                  method: DELETE
                  path: /payments/${payment}
                  sideEffect: void
            """;

    @TempDir Path directory;
    private StepLab lab;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        lab = new StepLab(directory.resolve("data"));
        lab.origin.on("DELETE /payments/", ScriptedOrigin.json("{}"));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private static String payment(String id, int amount) {
        return ScriptedOrigin.json(
                "{\"id\":\"%s\",\"amount\":%d,\"currency\":\"USD\"}".formatted(id, amount));
    }

    private void answers(String... responses) {
        lab.origin.on(
                "POST /payments",
                _ -> responses[Math.min(asked.getAndIncrement(), responses.length - 1)]);
    }

    @Test
    @DisplayName("The same key twice names the same object: a pass, and one object to undo")
    void replay_same() throws Exception {
        answers(payment("p1", 500));
        RunResult result = lab.run(PLAN);
        assertThat(StepLab.outcome(result)).isEqualTo("passed");
        assertThat(StepLab.attempts(result))
                .containsExactly("flow 200", "replay_check 200", "cleanup 200");
        assertThat(lab.origin.requests().subList(0, 2))
                .extracting(request -> AcmeGateway.header(request, "idempotency-key"))
                .containsOnly(result.runId() + "-pay");
        assertThat(lab.origin.lines()).last().isEqualTo("DELETE /payments/p1");
    }

    @Test
    @DisplayName("A double charge is found, and both charges are undone")
    void replay_doubleCharge() throws Exception {
        answers(payment("p1", 500), payment("p2", 500));
        RunResult result = lab.run(PLAN);
        assertThat(StepLab.outcome(result)).isEqualTo("pay replay_mismatch");
        assertThat(result.failure().detail())
                .isEqualTo("the same key gave \"payment\" as \"p1\", then as \"p2\"");
        assertThat(StepLab.attempts(result))
                .containsExactly(
                        "flow 200",
                        "replay_check 200 replay_mismatch",
                        "cleanup 200",
                        "cleanup 200");
        assertThat(lab.origin.lines()).contains("DELETE /payments/p1", "DELETE /payments/p2");
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        assertThat(lab.lab.prober().orphans().await(5, TimeUnit.SECONDS)).isEmpty();
    }

    @ParameterizedTest(name = "{1} -> {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    501 | 200 | replay_mismatch
                    500 | 201 | passed
                    500 | 409 | http_4xx
                    500 | 500 | http_5xx
                    """)
    @DisplayName("A second answer must say the same; one that says nothing has its own reason")
    void replay_secondAnswer(int amount, int status, String reason) throws Exception {
        String second = payment("p1", amount).replace("200", Integer.toString(status));
        answers(payment("p1", 500), second);
        RunResult result = lab.run(PLAN);
        assertThat(StepLab.outcome(result))
                .isEqualTo(reason.equals("passed") ? reason : "pay " + reason);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
    }

    @Test
    @DisplayName("What fails the first time is not asked again")
    void replay_notAfterFailure() throws Exception {
        answers(payment("p1", 499));
        RunResult result = lab.run(PLAN);
        assertThat(StepLab.attempts(result))
                .containsExactly("flow 200 amount_mismatch", "cleanup 200");
    }

    @Test
    @DisplayName("A capture that was made twice is given back twice")
    void replay_doubleCapture() throws Exception {
        answers(payment("p1", 500));
        AtomicInteger captures = new AtomicInteger();
        lab.origin.on("POST /captures", _ -> payment("c" + captures.incrementAndGet(), 500));
        lab.origin.on("DELETE /captures/", ScriptedOrigin.json("{}"));
        String plan =
                PLAN.replace("      replayCheck: true\n", "")
                        .replace(
                                "always:\n",
                                """
                                  - name: capture
                                    http:
                                      method: POST
                                      path: /captures
                                      idempotent: true
                                      replayCheck: true
                                      sideEffect: capture
                                    extract: {capture: $.id}
                                always:
                                  - name: refund
                                    when: {known: capture}
                                    http:
                                      method: DELETE
                                      path: /captures/${capture}
                                      sideEffect: refund
                                """);
        RunResult result = lab.run(plan);
        assertThat(StepLab.outcome(result)).isEqualTo("capture replay_mismatch");
        assertThat(lab.origin.lines()).contains("DELETE /captures/c1", "DELETE /captures/c2");
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
        var report = lab.lab.prober().recover(List.of()).await(5, TimeUnit.SECONDS);
        assertThat(report.cleaned()).isEmpty();
        assertThat(report.orphans()).isEmpty();
    }

    @Test
    @DisplayName(
            "A second charge that could not be undone is an orphan of its own, and stays known")
    void replay_orphan() throws Exception {
        answers(payment("p1", 500), payment("p2", 500));
        lab.origin.on("DELETE /payments/p2", RawServer.json(500, "{}"));
        RunResult result = lab.run(PLAN);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.ORPHANED);
        List<OpenRun> orphans = lab.lab.prober().orphans().await(5, TimeUnit.SECONDS);
        assertThat(orphans)
                .singleElement()
                .satisfies(orphan -> {
                    assertThat(orphan.run()).isEqualTo(result.runId() + "-twin1");
                    assertThat(orphan.variables().get("payment").text()).isEqualTo("p2");
                    assertThat(orphan.variables().get("run").text()).isEqualTo(result.runId());
                });

        Path killed = Files.createDirectory(directory.resolve("killed"));
        Files.copy(directory.resolve("data/probes.journal"), killed.resolve("probes.journal"));
        lab.origin.on("DELETE /payments/p2", ScriptedOrigin.json("{}"));
        EngineLab next = new EngineLab(killed).open();
        var report = next.prober().recover(List.of(lab.target(PLAN))).await(30, TimeUnit.SECONDS);
        assertThat(report.cleaned()).containsExactly(result.runId() + "-twin1");
        next.close();
    }
}
