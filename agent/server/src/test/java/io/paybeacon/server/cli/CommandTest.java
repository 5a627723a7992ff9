package io.paybeacon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.server.SandboxWorld;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands as a pipeline sees them: output and exit code. */
class CommandTest {
    private static final String CARD =
            """
            probes:
              card:
                plan: stripe/card-capture-refund
                gateway: stripe
            """;

    @TempDir Path directory;
    private SandboxWorld world;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void open() {
        world = new SandboxWorld(directory, 3);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private int run(String... words) {
        CommandLine command = Main.commandLine(new Disclosure());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }

    /** A configuration whose webhooks arrive, for a process that is not running yet. */
    private String config(String more) throws Exception {
        int port = SandboxWorld.freePort();
        world.sandbox()
                .registerWebhook("http://127.0.0.1:" + port + "/in/stripe", SandboxWorld.SECRET);
        return world.writeConfig(port, more).toString();
    }

    @Test
    @DisplayName("check: 0 when every probe passed, and every step is listed")
    void check_passes() throws Exception {
        assertThat(run("check", "--config", config(CARD))).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("card +create +pass")
                .containsPattern("card +webhook +pass")
                .contains("1 probes: 1 passed, 0 failed");
    }

    @ParameterizedTest(name = "check: 1 with {1} at {2} when {0}")
    @CsvSource({
        "payment_intents.create:status=503,    http_5xx,            create",
        "payment_intents.confirm:status=429,   http_429,            confirm",
        "payment_intents.confirm:decline=do_not_honor, declined_unexpected, confirm",
        "payment_intents.capture:reset,        reset,               capture",
        "payment_intents.capture:malformed,    schema,              capture",
        "payment_intents.capture:amount_offset=1, amount_mismatch,  capture",
        "refunds.create:status=500,            http_5xx,            refund",
    })
    void check_fails(String fault, String reason, String step) throws Exception {
        world.sandbox().faults().install(fault);

        assertThat(run("check", "--config", config(CARD))).as(out.toString() + err).isEqualTo(1);
        assertThat(out.toString()).containsPattern("card +" + step + " +FAIL .* " + reason);
        assertThat(world.sandbox().ledger().holds()).as("holds left").isEmpty();
    }

    @Test
    @DisplayName("check: 1 when the gateway cannot be reached")
    void check_refused() throws Exception {
        String config = config(CARD);
        String yaml = Files.readString(Path.of(config));
        Files.writeString(
                Path.of(config),
                yaml.replace(
                        world.sandbox().baseUrl(), "http://127.0.0.1:" + SandboxWorld.freePort()));

        assertThat(run("check", "--config", config)).isEqualTo(1);
        assertThat(out.toString()).contains("connect_refused");
    }

    @Test
    @DisplayName("check: 1 when the key is refused")
    void check_auth() throws Exception {
        String config = config(CARD);
        Files.writeString(directory.resolve("key"), "sk_test_of_somebody_else");

        assertThat(run("check", "--config", config)).isEqualTo(1);
        assertThat(out.toString()).containsPattern("create +FAIL .* auth");
        assertThat(out.toString() + err).doesNotContain("sk_test_of_somebody_else");
    }

    @Test
    @DisplayName("check: 2 on a mistake in the configuration, named with its line")
    void check_badConfiguration() throws Exception {
        assertThat(run("check", "--config", config("probs: {}\n"))).isEqualTo(2);
        assertThat(err.toString()).contains("probs: unknown key; did you mean \"probes\"?");
    }

    @Test
    @DisplayName("check: 2 on a probe that does not exist")
    void check_unknownProbe() throws Exception {
        assertThat(run("check", "--config", config(CARD), "--probe", "cart")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean \"card\"?");
    }

    @Test
    @DisplayName("check: 2 on an option that does not exist")
    void check_unknownOption() throws Exception {
        assertThat(run("check", "--config", config(CARD), "--nonsense")).isEqualTo(2);
    }

    @Test
    @DisplayName("check: 3 when the address to listen on is taken")
    void check_addressInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String config = world.writeConfig(taken.getLocalPort(), CARD).toString();

            assertThat(run("check", "--config", config)).isEqualTo(3);
            assertThat(err.toString()).contains("cannot start").contains("" + taken.getLocalPort());
        }
    }

    @Test
    @DisplayName("check: 3 when its data cannot be kept")
    void check_dataUnusable() throws Exception {
        String config = config(CARD);
        Files.writeString(directory.resolve("data"), "a file where a folder should be");

        assertThat(run("check", "--config", config)).isEqualTo(3);
        assertThat(err.toString()).contains("cannot start");
    }

    @Test
    @DisplayName("check: 4 when no probe is configured")
    void check_nothingTested() throws Exception {
        assertThat(run("check", "--config", config(""))).isEqualTo(4);
        assertThat(err.toString()).contains("nothing was tested");
    }

    @Test
    @DisplayName("validate: 0 and what it found, without sending anything")
    void validate() throws Exception {
        assertThat(run("validate", "--config", config(CARD))).isZero();
        assertThat(out.toString()).contains("is right").contains("probe card: plan stripe-card");
        assertThat(world.sandbox().ledger().payments()).isEmpty();
    }

    @Test
    @DisplayName("validate: tells what the agent makes of every part, and shows no secret")
    void validate_tellsEveryPart() throws Exception {
        Path file =
                world.writeConfig(
                        0,
                        """
                            pace: {requestsPerSecond: 5, burst: 3, concurrentRuns: 1}
                            proxy: {url: "socks5://proxy.example:1080"}
                            maintenance:
                              - {from: 2026-12-01T02:00Z, to: 2026-12-01T04:00Z}
                        probes:
                          card:
                            plan: stripe/card-capture-refund
                            gateway: stripe
                            every: 90s
                            confirm: false
                            maintenance:
                              - {days: [sun, sat], from: "02:00", for: 2h, zone: Europe/Berlin}
                        sources:
                          page:
                            gateway: stripe
                            kind: statusPage
                            url: https://status.example/api/v2/summary.json
                        health: {canaries: ["dns://example.com"]}
                        modules:
                          own: {tcp: {}}
                        token: ${file:token}
                        """);
        Files.writeString(directory.resolve("token"), "a-token-of-nobody-at-all");

        assertThat(run("validate", "--config", file.toString())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("listens on 127.0.0.1:0, without TLS, asks for a token")
                .contains(
                        "secrets key; proxy proxy.example:1080; at most 5 requests/s in bursts of"
                                + " 3 and 1 runs at once; maintenance 2026-12-01T02:00:00Z to")
                .contains(
                        "every 90s, failures not confirmed; maintenance sat,sun 02:00 for 2h"
                                + " (Europe/Berlin), 2026-12-01T02:00:00Z")
                .contains(
                        "source page: status page at https://status.example/api/v2/summary.json,"
                                + " gateway stripe, every 1m")
                .contains("canaries: dns://example.com")
                .contains("tcp_connect")
                .contains("own")
                .contains("action_required 3h")
                .doesNotContain("a-token-of-nobody", "sk_test", SandboxWorld.SECRET);
    }

    @Test
    @DisplayName("validate: 2 on a file that is not there")
    void validate_missing() {
        assertThat(run("validate", "--config", directory.resolve("none").toString())).isEqualTo(2);
    }

    @Test
    @DisplayName("Every command explains itself")
    void help() {
        for (String command : new String[] {"run", "check", "validate"}) {
            assertThat(run(command, "--help")).isZero();
        }
        assertThat(out.toString()).contains("Exit codes:");
    }
}
