package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {

    private static final String PLAN =
            """
            steps:
              - name: status
                http:
                  method: POST
                  path: /a
                  redirects: 3
                  auth: bearer ${secret.key}
                  headers: {X-Key: "${secret.key}", Accept: text/plain}
                  form: {card: "4242 4242 4242 4242"}
            """;

    @TempDir Path directory;
    private StepLab lab;
    private ScriptedOrigin other;

    @BeforeEach
    void start() throws Exception {
        lab = new StepLab(directory);
        other = new ScriptedOrigin().on("GET /b", ScriptedOrigin.json("{}"));
        lab.origin.on("GET /b", ScriptedOrigin.json("{}"));
        lab.origin.on("POST /b", ScriptedOrigin.json("{}"));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        other.close();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"301, GET /b", "302, GET /b", "303, GET /b", "307, POST /b", "308, POST /b"})
    @DisplayName("On the same origin the next request is as the status says, with its headers")
    void redirect_sameOrigin(int status, String line) throws Exception {
        lab.origin.on("POST /a", ScriptedOrigin.redirect(status, "/b?x=1"));
        RunResult result = lab.run(PLAN);
        assertThat(StepLab.attempts(result)).containsExactly("flow " + status, "flow 200");
        assertThat(lab.origin.lines()).containsExactly("POST /a", line + "?x=1");
        String second = lab.origin.requests().get(1);
        assertThat(second).contains("Authorization: Bearer " + StepLab.SECRET, "X-Key: ");
        assertThat(second.contains("4242")).isEqualTo(line.startsWith("POST"));
        assertThat(lab.origin.requests())
                .extracting(request -> AcmeGateway.header(request, "traceparent"))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("Another origin gets no secret, no body, and no key")
    void redirect_otherOrigin() throws Exception {
        lab.origin.on("POST /a", ScriptedOrigin.redirect(303, other.url() + "/b"));
        assertThat(StepLab.outcome(lab.run(PLAN))).isEqualTo("passed");
        assertThat(other.requests())
                .singleElement()
                .asString()
                .contains("Accept: text/plain", "traceparent: ")
                .doesNotContain("uthorization", StepLab.SECRET, "X-Key", "4242");
    }

    @Test
    void redirect_bodyToOtherOrigin() throws Exception {
        lab.origin.on("POST /a", ScriptedOrigin.redirect(307, other.url() + "/b"));
        RunResult result = lab.run(PLAN);
        assertThat(StepLab.outcome(result)).isEqualTo("status redirect");
        assertThat(result.failure())
                .extracting(Failure::detail)
                .asString()
                .contains("it would take the body to " + other.url());
        assertThat(other.requests()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /a                | flow 302, flow 302 redirect | circle
                    /n                | flow 302, flow 302, flow 302, flow 302 redirect | than 3
                    ftp://example/b   | flow 302 redirect | not an http or https URL
                    http://u:p@127.0.0.1/b | flow 302 redirect | a URL with a user
                    http://[          | flow 302 redirect | not followed
                    """)
    @DisplayName("A redirect that leads nowhere ends with its reason, each hop an attempt")
    void redirect_refused(String location, String attempts, String detail) throws Exception {
        lab.origin.on("GET /a", ScriptedOrigin.redirect(302, "/a"));
        int[] hops = {0};
        lab.origin.on("GET /n", _ -> ScriptedOrigin.redirect(302, "/n" + hops[0]++));
        lab.origin.on("POST /a", ScriptedOrigin.redirect(302, location));
        RunResult result = lab.run(PLAN);
        assertThat(StepLab.outcome(result)).isEqualTo("status redirect");
        assertThat(result.failure().detail()).contains(detail);
        assertThat(String.join(", ", StepLab.attempts(result))).isEqualTo(attempts);
        assertThat(lab.origin.requests()).hasSize(result.attempts().size());
    }

    @Test
    @DisplayName("A plan that follows none gets the status as it is")
    void redirect_notAsked() throws Exception {
        lab.origin.on("POST /a", ScriptedOrigin.redirect(302, "/b"));
        assertThat(StepLab.outcome(lab.run(PLAN.replace("redirects: 3", "redirects: 0"))))
                .isEqualTo("status http_status");
        String asserted =
                PLAN.replace("redirects: 3", "redirects: 0")
                        + "    assert:\n      - status: 302\n"
                        + "      - header: Location\n        equals: /b\n";
        assertThat(StepLab.outcome(lab.run(asserted))).isEqualTo("passed");
    }

    @Test
    @DisplayName("A URL of another origin, from wherever it came, gets no secret of the gateway")
    void url_otherOrigin() throws Exception {
        lab.origin.on("POST /a", ScriptedOrigin.json("{\"next\":\"%s/b\"}".formatted(other.url())));
        String follows =
                PLAN
                        + "    extract: {next: $.next}\n"
                        + "  - name: next\n    http: {method: GET, url: \"${next}?q=${run}\"";
        RunResult refused = lab.run(follows + ", auth: \"bearer ${secret.key}\"}\n");
        assertThat(StepLab.outcome(refused)).isEqualTo("next agent_fault");
        assertThat(refused.failure().detail()).contains("the step's secrets go to the gateway's");
        assertThat(other.requests()).isEmpty();

        RunResult open = lab.run(follows + "}\n");
        assertThat(StepLab.outcome(open)).isEqualTo("passed");
        assertThat(other.lines()).containsExactly("GET /b?q=" + open.runId());
    }
}
