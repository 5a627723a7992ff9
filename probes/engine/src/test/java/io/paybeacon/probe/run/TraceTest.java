package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.probe.http.RawServer;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {

    private static final String PLAN =
            """
            steps:
              - name: pay
                http:
                  method: POST
                  path: /payments
                  auth: basic ${secret.user} ${secret.key}
                  idempotent: true
                  sideEffect: hold
                  amount: 10.99 USD major
                extract: {payment: $.id}
              - name: look
                http: {method: GET, path: "/payments/${payment}"}
                assert:
                  - json: $.state
                    equals: held
            always:
              - name: undo
                when: {known: payment}
                http: {method: DELETE, path: "/payments/${payment}", sideEffect: void}
            """;

    @TempDir Path directory;
    private StepLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = new StepLab(directory);
        lab.origin.on("POST /payments", ScriptedOrigin.json("{\"id\":\"p1\"}"));
        lab.origin.on("GET /payments/p1", ScriptedOrigin.json("{\"state\":\"held\"}"));
        lab.origin.on("DELETE /payments/p1", ScriptedOrigin.json("{}"));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private static List<Span> children(RunResult result, Span parent) {
        return result.spans().stream()
                .filter(span -> parent.spanId().equals(span.parentSpanId()))
                .toList();
    }

    @Test
    @DisplayName("One span for the transaction, one a step, one an attempt, as the wire saw them")
    void spans_tree() throws Exception {
        lab.origin.on("GET /payments/p1", ScriptedOrigin.json("{\"state\":\"gone\"}"));
        RunResult result = lab.run(PLAN);
        assertThat(StepLab.outcome(result)).isEqualTo("look assertion");

        Span root = result.spans().getFirst();
        assertThat(root.parentSpanId()).isNull();
        assertThat(root.failed()).isTrue();
        assertThat(root.attributes())
                .containsEntry("paybeacon.run", result.runId())
                .containsEntry("error.type", "assertion");
        List<Span> steps = children(result, root);
        assertThat(steps).extracting(Span::name).containsExactly("pay", "look", "undo");
        assertThat(steps).extracting(Span::failed).containsExactly(false, true, false);
        List<Span> attempts =
                steps.stream().flatMap(step -> children(result, step).stream()).toList();
        assertThat(attempts).extracting(Span::name).containsExactly("POST", "GET", "DELETE");
        assertThat(lab.origin.requests())
                .extracting(request -> AcmeGateway.header(request, "traceparent"))
                .containsExactlyElementsOf(
                        attempts.stream()
                                .map(span -> "00-" + result.traceId() + "-" + span.spanId() + "-01")
                                .toList());
        assertThat(attempts.getFirst().attributes())
                .containsEntry("http.response.status_code", "200")
                .containsEntry("paybeacon.purpose", "flow")
                .containsKeys("paybeacon.phase.connect", "paybeacon.phase.server");
        assertThat(result.spans()).extracting(Span::traceId).containsOnly(result.traceId());
        assertThat(result.spans()).hasSize(1 + steps.size() + attempts.size());
        assertNested(result);
    }

    private static void assertNested(RunResult result) {
        Map<String, Span> byId =
                result.spans().stream()
                        .collect(Collectors.toMap(Span::spanId, Function.identity()));
        result.spans().stream()
                .filter(span -> span.parentSpanId() != null)
                .forEach(span -> {
                    Span parent = byId.get(span.parentSpanId());
                    assertThat(span.startOffsetNanos())
                            .isGreaterThanOrEqualTo(parent.startOffsetNanos());
                    assertThat(span.startOffsetNanos() + span.durationNanos())
                            .isLessThanOrEqualTo(
                                    parent.startOffsetNanos() + parent.durationNanos());
                });
    }

    @Test
    @DisplayName("The log tells what was sent, received, asserted and timed, without the password")
    void log_whole() throws Exception {
        RunResult result = lab.run(PLAN);
        String pair = StepLab.USER + ":" + StepLab.SECRET;
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        assertThat(lab.origin.requests().getFirst()).contains("Authorization: Basic " + basic);
        assertThat(String.join("\n", result.debugLog()))
                .contains(
                        "> POST " + lab.origin.url() + "/payments",
                        "Authorization: ***",
                        "< HTTP/1.1 200",
                        "< {\"id\":\"p1\"}",
                        "asserted $.state equals \"held\": holds",
                        "timed, in ms: ",
                        "step pay passed",
                        "cleanup: CLEANED");
        assertThat(lab.everywhere(result))
                .doesNotContain(StepLab.SECRET, basic, basic.substring(4, 28));
        assertThat(lab.journal()).contains("\"minor\":1099,\"currency\":\"USD\"");
    }

    @Test
    @DisplayName(
            "A plan that keeps its connection has one cold attempt, and its cleanup a fresh one")
    void connection_kept() throws Exception {
        RunResult fresh = lab.run(PLAN);
        assertThat(fresh.attempts())
                .extracting(AttemptResult::connection)
                .containsOnly(Connection.COLD);
        int before = lab.origin.connections();
        RunResult kept = lab.run("connection: keep\n" + PLAN);
        assertThat(kept.attempts())
                .extracting(AttemptResult::connection)
                .containsExactly(Connection.COLD, Connection.WARM, Connection.COLD);
        assertThat(lab.origin.connections() - before).isEqualTo(2);
    }

    @Test
    @DisplayName("A search that finds nothing, long enough after, says that nothing is held")
    void cleanup_goneAfter() throws Exception {
        lab.origin.on("POST /payments", RawServer.json(500, "{}"));
        lab.origin.on("GET /payments?", ScriptedOrigin.json("{\"data\":[]}"));
        String plan =
                PLAN.replace(
                        "always:\n",
                        """
                        always:
                          - name: search
                            when: {unknown: payment}
                            goneAfter: 10m
                            http: {method: GET, path: "/payments?run=${run}"}
                            extract: {payment: {json: "$.data[0].id", optional: true}}
                        """);
        RunResult lost = lab.run(plan);
        assertThat(lost.cleanup().state()).hasToString("ORPHANED");
        lab.origin.on("GET /payments?", RawServer.json(500, "{}"));
        lab.lab.wallAheadMillis.addAndGet(Duration.ofMinutes(11).toMillis());
        var target = List.of(lab.target(plan));
        var unanswered = lab.lab.prober().recover(target).await(30, TimeUnit.SECONDS);
        assertThat(unanswered.cleaned()).isEmpty();
        lab.origin.on("GET /payments?", ScriptedOrigin.json("{\"data\":[]}"));
        var answered = lab.lab.prober().recover(target).await(30, TimeUnit.SECONDS);
        assertThat(answered.cleaned()).containsExactly(lost.runId());
    }
}
