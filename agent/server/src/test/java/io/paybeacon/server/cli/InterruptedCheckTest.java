package io.paybeacon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.server.SandboxWorld;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check, as a process of its own, that is told to end while it holds money. */
class InterruptedCheckTest {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir Path directory;

    @Test
    @DisplayName("SIGTERM: the money is given back, the reports say so, and it does not pass")
    void terminated_givesBack() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, 5)) {
            world.sandbox().faults().install("payment_intents.capture:latency=4s");
            Path config =
                    world.writeConfig(
                            0,
                            """
                            probes:
                              card: {plan: stripe/card-capture-refund, gateway: stripe}
                              later: {plan: stripe/balance, gateway: stripe}
                            """);
            Path said = directory.resolve("said");
            Process check =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Main.class.getName(),
                                    "check",
                                    "--config",
                                    config.toString(),
                                    "--junit",
                                    directory.resolve("junit.xml").toString(),
                                    "--json",
                                    directory.resolve("report.json").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            await().atMost(WAIT)
                    .until(() -> !check.isAlive() || !world.sandbox().ledger().holds().isEmpty());

            check.destroy();

            assertThat(check.waitFor(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            String text = Files.readString(said);
            assertThat(check.exitValue()).as(text).isEqualTo(3);
            assertThat(text).contains("the check was interrupted").contains("later");
            assertThat(world.sandbox().ledger().holds()).as(text).isEmpty();
            JsonObject json = new JsonObject(Files.readString(directory.resolve("report.json")));
            assertThat(json.getInteger("exitCode")).isEqualTo(3);
            assertThat(json.getJsonArray("notTested").size()).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("junit.xml"))).contains("interrupted");
        }
    }
}
