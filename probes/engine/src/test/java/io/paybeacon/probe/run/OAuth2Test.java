package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.probe.http.RawServer;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.RunResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuth2Test {

    private static final String PLAN =
            """
            oauth2:
              main:
                path: /token
                clientId: ${secret.user}
                clientSecret: ${secret.key}
                scope: payments read
            steps:
              - name: balance
                http: {method: GET, path: /balance, auth: oauth2 main}
            """;

    @TempDir Path directory;
    private StepLab lab;
    private final AtomicInteger tokens = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        lab = new StepLab(directory);
        lab.origin.on("POST /token", _ -> token("expires_in\":3600"));
        accepts("token-canary-");
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private String token(String rest) {
        return ScriptedOrigin.json(
                "{\"token_type\":\"Bearer\",\"access_token\":\"token-canary-%d\",\"%s}"
                        .formatted(tokens.incrementAndGet(), rest));
    }

    private void accepts(String token) {
        lab.origin.on(
                "GET /balance",
                request ->
                        AcmeGateway.header(request, "authorization").startsWith("Bearer " + token)
                                ? ScriptedOrigin.json("{\"echo\":\"%s\"}".formatted(token + "1"))
                                : RawServer.json(401, "{}"));
    }

    @Test
    @DisplayName("A token is an attempt and a phase of its own, and is asked for once")
    void token_kept() throws Exception {
        RunResult first = lab.run(PLAN);
        assertThat(StepLab.attempts(first)).containsExactly("token 200", "flow 200");
        AttemptResult fetched = first.attempts().get(0);
        AttemptResult flow = first.attempts().get(1);
        assertThat(flow.phases().of(Phase.TOKEN)).hasValue(fetched.phases().totalNanos());
        assertThat(flow.phases().remainderNanos()).isNotNegative();
        assertThat(fetched.phases().of(Phase.TOKEN)).isEmpty();

        RunResult second = lab.run(PLAN);
        assertThat(StepLab.attempts(second)).containsExactly("flow 200");
        assertThat(second.attempts().getFirst().phases().of(Phase.TOKEN)).isEmpty();
        assertThat(lab.origin.requests()).hasSize(3);
    }

    @Test
    @DisplayName("The client says who it is in a header, or in the form when the plan says so")
    void token_credentials() throws Exception {
        lab.run(PLAN);
        String pair = StepLab.USER + ":" + StepLab.SECRET;
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        assertThat(lab.origin.requests().getFirst())
                .contains("Authorization: Basic " + basic + "\r\n")
                .endsWith("\r\n\r\ngrant_type=client_credentials&scope=payments+read");

        lab.run(PLAN.replace("scope: payments read", "clientAuth: body\n    form: {a: b c}"));
        assertThat(lab.origin.requests().get(2))
                .doesNotContain("Authorization")
                .endsWith(
                        "grant_type=client_credentials&a=b+c&client_id=%s&client_secret=%s"
                                .formatted(StepLab.USER, StepLab.SECRET));
    }

    @Test
    @DisplayName("A token is given up before it expires")
    void token_expires() throws Exception {
        lab.run(PLAN);
        lab.lab.pause(Duration.ofSeconds(3600 - 61));
        assertThat(StepLab.attempts(lab.run(PLAN))).containsExactly("flow 200");
        lab.lab.pause(Duration.ofSeconds(2));
        assertThat(StepLab.attempts(lab.run(PLAN))).containsExactly("token 200", "flow 200");
    }

    @Test
    @DisplayName("A kept token that is refused is replaced once, and both attempts are booked")
    void token_revoked() throws Exception {
        lab.run(PLAN);
        accepts("token-canary-2");
        RunResult refreshed = lab.run(PLAN);
        assertThat(StepLab.attempts(refreshed))
                .containsExactly("flow 401", "token 200", "flow 200");
        assertThat(StepLab.outcome(refreshed)).isEqualTo("passed");
        assertThat(refreshed.attempts().get(0).phases().of(Phase.TOKEN)).isEmpty();
        assertThat(refreshed.attempts().get(2).phases().of(Phase.TOKEN)).isPresent();
        assertThat(StepLab.attempts(lab.run(PLAN))).containsExactly("flow 200");
    }

    @Test
    @DisplayName("A fresh token that is refused fails the step, and is not used again")
    void token_refused() throws Exception {
        accepts("no-token");
        for (int run = 1; run <= 2; run++) {
            RunResult result = lab.run(PLAN);
            assertThat(StepLab.attempts(result)).containsExactly("token 200", "flow 401 auth");
            assertThat(StepLab.outcome(result)).isEqualTo("balance auth");
        }
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    401 | {"error":"invalid_client"}                      | auth
                    400 | {"error":"unauthorized_client"}                 | auth
                    429 | {}                                              | http_429
                    503 | {}                                              | http_5xx
                    200 | {"token_type":"Bearer"}                         | schema
                    200 | {"token_type":"mac","access_token":"abcdef"}    | schema
                    200 | {"token_type":"Bearer","access_token":"a b"}    | schema
                    200 | {"token_type":"Bearer","access_token":7}        | schema
                    200 | not JSON                                        | schema
                    """)
    @DisplayName("Without a token nothing of the step is sent")
    void token_none(int status, String body, String reason) throws Exception {
        lab.origin.on("POST /token", RawServer.json(status, body));
        RunResult result = lab.run(PLAN);
        assertThat(StepLab.outcome(result)).isEqualTo("balance " + reason);
        assertThat(result.attempts())
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.purpose()).isEqualTo(Purpose.TOKEN);
                    assertThat(attempt.failure().reason().label()).isEqualTo(reason);
                });
        assertThat(lab.origin.lines()).containsExactly("POST /token");
    }

    @ParameterizedTest
    @CsvSource({
        "expires_in\":1, 2",
        "expires_in\":\"3600\", 1",
        "expires_in\":1e99, 1",
        "x\":1, 1"
    })
    @DisplayName("How long a token is kept follows what its server says, whatever it says")
    void token_life(String rest, int fetched) throws Exception {
        lab.origin.on("POST /token", _ -> token(rest));
        lab.run(PLAN);
        lab.lab.pause(Duration.ofSeconds(1));
        lab.run(PLAN);
        assertThat(tokens).hasValue(fetched);
    }

    @Test
    @DisplayName("A token is a secret, whether it was fetched or kept, and whoever echoes it")
    void token_redacted() throws Exception {
        RunResult first = lab.run(PLAN);
        RunResult second = lab.run(PLAN);
        assertThat(lab.everywhere(first) + lab.everywhere(second))
                .doesNotContain("token-canary", StepLab.SECRET)
                .contains("***");
        assertThat(String.join("", lab.origin.requests())).contains("token-canary-1");
    }
}
