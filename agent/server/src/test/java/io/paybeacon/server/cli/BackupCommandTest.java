package io.paybeacon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.server.Agent;
import io.paybeacon.server.SandboxWorld;
import io.paybeacon.server.config.AgentConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Backup and restore as an operator sees them: an agent that starts on what was restored. */
class BackupCommandTest {
    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path config;
    private Path data;
    private Path backup;

    @BeforeEach
    void configuration() throws Exception {
        data = directory.resolve("data");
        backup = directory.resolve("backup");
        Files.writeString(directory.resolve("key"), "sk_test_of_a_backup");
        Files.writeString(directory.resolve("secret"), SandboxWorld.SECRET);
        config =
                Files.writeString(
                        directory.resolve("agent.yaml"),
                        """
                        listen: 127.0.0.1:%d
                        data: data
                        gateways:
                          stripe:
                            kind: stripe
                            url: http://127.0.0.1:%d
                            apiKey: ${file:key}
                            webhookSecrets: ["${file:secret}"]
                        """
                                .formatted(SandboxWorld.freePort(), SandboxWorld.freePort()));
    }

    @Test
    @DisplayName("What an agent knew is known by the one that starts on the restored data")
    void backupAndRestore() throws Exception {
        String findings;
        try (Agent agent = Agent.start(read(), InstantSource.system(), "test")) {
            findings = get(agent, "/api/v1/findings");
            assertThat(run("backup", "--config", config.toString(), backup.toString()))
                    .isEqualTo(ExitCode.AGENT);
            assertThat(err.toString()).contains("in use by another process");
        }
        assertThat(run("backup", "--config", config.toString(), backup.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Backed up").contains("each with its checksum");
        assertThat(run("restore", "--verify", backup.toString())).as(err.toString()).isZero();
        assertThat(run("restore", "--config", config.toString(), backup.toString()))
                .isEqualTo(ExitCode.AGENT);
        assertThat(err.toString()).contains(data + " is not empty");

        Files.move(data, directory.resolve("aside"));
        assertThat(run("restore", "--config", config.toString(), backup.toString()))
                .as(err.toString())
                .isZero();
        assertThat(data.resolve("findings")).isDirectory();
        try (Agent agent = Agent.start(read(), InstantSource.system(), "test")) {
            assertThat(get(agent, "/api/v1/findings")).isEqualTo(findings);
        }
    }

    @Test
    @DisplayName("A backup that is not whole is refused, and the data directory stays away")
    void restore_damaged() throws Exception {
        Agent.start(read(), InstantSource.system(), "test").close();
        assertThat(run("backup", "--config", config.toString(), backup.toString())).isZero();
        Files.delete(backup.resolve("paybeacon-backup"));
        Files.move(data, directory.resolve("aside"));
        assertThat(run("restore", "--config", config.toString(), backup.toString()))
                .isEqualTo(ExitCode.AGENT);
        assertThat(err.toString()).contains("never finished").contains("Take another one");
        assertThat(data).doesNotExist();
    }

    private int run(String... words) {
        CommandLine command = Main.commandLine(new Disclosure());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }

    private AgentConfig read() {
        return SandboxWorld.read(config);
    }

    private static String get(Agent agent, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent.port() + path))
                            .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
