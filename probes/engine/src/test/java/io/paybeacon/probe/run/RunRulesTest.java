package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.ProbeSet;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRulesTest {

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

    @ParameterizedTest
    @CsvSource({"perRun: 499", "currency: EUR"})
    @DisplayName("Beyond the budget nothing is sent, and the run is not the gateway's failure")
    void run_budget(String limit) throws Exception {
        String key = limit.substring(0, limit.indexOf(':'));
        RunResult result = bench.run(ProbeBench.PLAN.replaceAll(key + ": \\w+", limit));
        assertFailed(result, "create", ProbeReason.BUDGET);
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.NOT_COUNTED);
        assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.NOT_NEEDED);
        assertThat(bench.gateway.connections()).isZero();
    }

    @Test
    @DisplayName("The budget of the day is a hard stop, also over a restart")
    void run_budgetOfTheDay() throws Exception {
        String plan = ProbeBench.PLAN.replace("perDay: 100000", "perDay: 1200");
        assertThat(bench.run(plan).failure()).isNull();
        bench.prober.close().await(30, TimeUnit.SECONDS);
        bench.prober = bench.open(bench.dataDirectory);
        assertThat(bench.run(plan).failure()).isNull();
        int before = bench.gateway.connections();
        assertFailed(bench.run(plan), "create", ProbeReason.BUDGET);
        assertThat(bench.gateway.connections()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "any, DECLINE, passed",
        "no_funds, DECLINE, passed",
        "stolen, DECLINE, declined_unexpected",
        "any, , approved_unexpected",
        "any, STATUS_500, http_5xx"
    })
    @DisplayName("An expected decline is a pass, another one and an approval are not")
    void run_expectedDecline(String expected, AcmeGateway.Fault fault, String outcome)
            throws Exception {
        if (fault != null) {
            bench.gateway.fail("create", fault);
        }
        String create = ProbeBench.PLAN.substring(0, ProbeBench.PLAN.indexOf("    extract:"));
        String plan =
                create
                        + "    expectDecline: "
                        + expected
                        + "\nalways:\n  - name: undo\n    replay: create\n"
                        + "  - name: void\n    http: {method: POST, path: /payments/pay_1/void,"
                        + " idempotent: true, sideEffect: void}\n";
        RunResult result = bench.run(plan);
        if (outcome.equals("passed")) {
            assertThat(result.failure()).isNull();
            assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.NOT_NEEDED);
        } else {
            assertFailed(result, "create", ProbeReason.NAMES.find(outcome));
        }
        assertThat(bench.gateway.payments().values()).allMatch("voided"::equals);
    }

    @Test
    @DisplayName("Values keep their type and exact text: leading zeros, long numbers, exponents")
    void run_exactValues() throws Exception {
        bench.gateway.extra(
                """
                ,"order":"0012345","long":12345678901234567890123,
                "exp":1e5,"frac":10.50,"text":"500"
                """);
        String extractions =
                """
                      payment: $.id
                      order: $.order
                      long: $.long
                      exp: $.exp
                """;
        String assertions =
                """
                      - json: $.frac
                        equals: 10.5
                      - json: $.order
                        equals: "0012345"
                      - json: $.long
                        equals: 12345678901234567890123
                      - json: $.exp
                        equals: 100000
                      - json: $.text
                        equals: "500"
                      - json: $.missing
                        absent: true
                """;
        String query = "/capture?${order}-${long}-${exp}";
        String plan =
                ProbeBench.PLAN
                        .replace("      payment: $.id\n", extractions)
                        .replace("      - json: $.state\n        equals: held\n", assertions)
                        .replace("/capture", query);
        RunResult result = bench.run(plan);
        assertThat(bench.gateway.requests().get(1))
                .startsWith("POST /payments/pay_1/capture?0012345-12345678901234567890123-1e5 ");
        assertThat(result.steps().getFirst().failure()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    equals: "500"     | $.amount is 500, expected "500"
                    equals: 500.01    | $.amount is 500, expected 500.01
                    equals: true      | $.amount is 500, expected true
                    absent: true      | $.amount is there: 500
                    oneOf: [499, 501] | $.amount is 500, expected one of 499, 501
                    """)
    @DisplayName("A broken assertion says what is and what was expected")
    void run_assertion(String expectation, String detail) throws Exception {
        RunResult result =
                bench.run(
                        ProbeBench.PLAN.replace(
                                "- json: $.state\n        equals: held",
                                "- json: $.amount\n        " + expectation));
        assertThat(result.failure()).isEqualTo(new Failure(ProbeReason.ASSERTION, detail));
    }

    @Test
    @DisplayName("A value from the gateway cannot change the request that it is put into")
    void run_hostileValue() throws Exception {
        bench.gateway.extra(",\"x\":\"a/../b?c#d e\\r\\nX-Evil: 1\"");
        String plan =
                ProbeBench.PLAN
                        .replace("      payment: $.id", "      payment: $.id\n      x: $.x")
                        .replace("/${payment}/capture", "/${payment}/capture?x=${x}");
        assertThat(bench.run(plan).failure()).isNull();
        assertThat(bench.gateway.requests().get(1))
                .startsWith(
                        "POST /payments/pay_1/capture?x=a%2F..%2Fb%3Fc%23d%20e%0D%0AX-Evil%3A%201 ")
                .doesNotContain("\r\nX-Evil");
    }

    @Test
    @DisplayName("No secret and no card number in debug log, journal, result or event")
    void run_canaries() throws Exception {
        bench.gateway.extra(
                ",\"echo\":\"Bearer " + ProbeBench.KEY + "\",\"pan\":\"5555555555554444\"");
        bench.gateway.fail("capture", AcmeGateway.Fault.GARBAGE_BODY);
        String plan =
                ProbeBench.PLAN.replace(
                        "      payment: $.id",
                        "      payment: $.id\n      echo: $.echo\n      pan: $.pan");
        RunResult result = bench.run(plan);
        String everywhere =
                String.join("\n", result.debugLog())
                        + result
                        + bench.events
                        + Files.readString(bench.dataDirectory.resolve("probes.journal"));
        assertThat(everywhere)
                .doesNotContain(ProbeBench.KEY, "4242 4242", "4242424242424242", "5555555555554444")
                .contains("***");
        // The canaries were really there to be found.
        assertThat(String.join("", bench.gateway.requests()))
                .contains(ProbeBench.KEY, "4242 4242 4242 4242");
    }

    @Test
    @DisplayName("A live key is refused unless the plan says that it is live")
    void run_liveKey() throws Exception {
        ProbeTarget test = bench.target(ProbeBench.PLAN);
        ProbeTarget live =
                new ProbeTarget(
                        test.name(),
                        test.gateway(),
                        test.plan(),
                        test.baseUrl(),
                        Map.of("key", Secret.of("rk_live_" + "x".repeat(20))),
                        Map.of(),
                        test.interval(),
                        test.tls(),
                        test.proxy(),
                        test.policy());
        assertThatThrownBy(() -> bench.prober.runOnce(live).await(5, TimeUnit.SECONDS))
                .hasMessage(
                        "Probe acme-probe: the secret \"key\" is a live key, and the plan does not"
                                + " say mode: live; give a test key");
        assertThatThrownBy(() ->
                        bench.prober.apply(ProbeSet.of(List.of(live))).await(5, TimeUnit.SECONDS))
                .hasMessageContaining("live key");
        assertThat(bench.gateway.connections()).isZero();
    }
}
