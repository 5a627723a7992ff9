package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.http.RawServer;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclineTest {

    private static final String PLAN =
            """
            decline:
              - {status: 402, code: $.code, technical: ["91", "96"]}
              - {status: 422, when: {json: $.issue, oneOf: [DECLINED]}, code: $.code}
              - {when: {json: $.result, oneOf: [Refused]}, code: $.code, technical: ["91"]}
            steps:
              - name: pay
                http:
                  method: POST
                  path: /payments
                  idempotent: true
                  sideEffect: hold
                  amount: 5.00 USD major
                expectDecline: EXPECTED
            always:
              - name: undo
                http: {method: DELETE, path: /payments/1, sideEffect: void}
            """;

    @TempDir Path directory;
    private StepLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = new StepLab(directory);
        lab.origin.on("DELETE /payments/", ScriptedOrigin.json("{}"));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private RunResult run(String expected, int status, String body) throws Exception {
        lab.origin.on("POST /payments", RawServer.json(status, body));
        return lab.run(
                expected.equals("-")
                        ? PLAN.replace("    expectDecline: EXPECTED\n", "")
                        : PLAN.replace("EXPECTED", expected));
    }

    @ParameterizedTest(name = "expected {0}, {1} {2} -> {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    -           | 402 | {"code":"51"}                       | declined_unexpected
                    -           | 402 | {"code":"91"}                       | declined_technical
                    -           | 402 | {"code":96}                         | declined_technical
                    -           | 402 | {}                                  | declined_unexpected
                    -           | 402 | gone                                | declined_unexpected
                    -           | 422 | {"issue":"DECLINED","code":"91"}    | declined_unexpected
                    -           | 422 | {"issue":"BAD_FIELD"}               | http_4xx
                    -           | 200 | {"result":"Refused","code":"5"}     | declined_unexpected
                    -           | 201 | {"result":"Refused","code":"91"}    | declined_technical
                    -           | 200 | {"result":"Authorised"}             | passed
                    -           | 200 | not JSON                            | passed
                    any         | 402 | {"code":"51"}                       | passed
                    any         | 402 | {"code":"91"}                       | declined_technical
                    ["91"]      | 402 | {"code":"91"}                       | passed
                    ["51"]      | 402 | {"code":"05"}                       | declined_unexpected
                    ["51"]      | 402 | {"code":"91"}                       | declined_technical
                    any         | 200 | {"result":"Refused","code":"5"}     | passed
                    ["5"]       | 200 | {"result":"Refused","code":"5"}     | passed
                    any         | 200 | {"result":"Authorised"}             | approved_unexpected
                    any         | 422 | {"issue":"BAD_FIELD"}               | http_4xx
                    """)
    @DisplayName("A decline is told by status or body, and told apart by its code")
    void decline_table(String expected, int status, String body, String outcome) throws Exception {
        RunResult result = run(expected, status, body);
        assertThat(StepLab.outcome(result))
                .isEqualTo(outcome.equals("passed") ? "passed" : "pay " + outcome);
        // Nothing is held after a decline, whatever was expected; else it is undone.
        boolean held = status < 300 && !body.contains("Refused");
        assertThat(lab.origin.lines().contains("DELETE /payments/1")).isEqualTo(held);
        assertThat(result.cleanup().state())
                .isEqualTo(held ? CleanupResult.State.CLEANED : CleanupResult.State.NOT_NEEDED);
    }

    @Test
    @DisplayName("A lookup that reports a declined payment has succeeded")
    void decline_ofLookup() throws Exception {
        lab.origin.on("GET /payments/1", ScriptedOrigin.json("{\"result\":\"Refused\"}"));
        String lookup =
                """
                decline: {when: {json: $.result, equals: Refused}}
                steps:
                  - name: lookup
                    http: {method: GET, path: /payments/1}
                    extract: {result: $.result}
                """;
        assertThat(StepLab.outcome(lab.run(lookup))).isEqualTo("passed");
    }
}
