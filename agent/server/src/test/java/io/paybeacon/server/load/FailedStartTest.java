package io.paybeacon.server.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.server.Agent;
import io.paybeacon.server.AgentException;
import io.paybeacon.server.SandboxWorld;
import io.paybeacon.server.config.AgentConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that cannot start leaves nothing open, at whatever step it fails. */
class FailedStartTest {
    private static final Duration WAIT = Duration.ofSeconds(30);

    @TempDir Path directory;
    private int port;

    @BeforeEach
    void choosePort() throws Exception {
        port = SandboxWorld.freePort();
    }

    private AgentConfig config() throws Exception {
        Files.writeString(directory.resolve("key"), "a-key-of-a-test");
        return SandboxWorld.read(
                Files.writeString(
                        directory.resolve("agent.yaml"),
                        """
                        listen: 127.0.0.1:%d
                        data: data
                        gateways:
                          shop: {kind: stripe, url: "http://127.0.0.1:1", apiKey: "${file:key}"}
                        """
                                .formatted(port)));
    }

    /** Whatever a JVM loads and keeps with the first agent is there before it is measured. */
    private void startOnce() throws Exception {
        Agent.start(config(), InstantSource.system(), "test").close();
        await().atMost(WAIT).until(() -> ProcessResources.now().below(directory).isEmpty());
    }

    private void assertFailsWhole() throws Exception {
        AgentConfig config = config();
        ProcessResources before = ProcessResources.now();
        assertThatThrownBy(() -> Agent.start(config, InstantSource.system(), "test").close())
                .isInstanceOf(AgentException.class)
                .hasMessageNotContaining("null");
        await().atMost(WAIT)
                .untilAsserted(() -> {
                    ProcessResources now = ProcessResources.now();
                    assertThat(now.threadsSince(before)).isEmpty();
                    assertThat(now.below(directory)).isEmpty();
                    assertThat(now.sockets()).hasSizeLessThanOrEqualTo(before.sockets().size());
                    assertThat(now.selectors()).isLessThanOrEqualTo(before.selectors());
                });
    }

    private void assertStartsThen() throws Exception {
        try (Agent agent = Agent.start(config(), InstantSource.system(), "test")) {
            assertThat(agent.port()).isEqualTo(port);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"data", "data/findings", "data/engine", "data/engine/log", "data/probes"})
    @DisplayName("A file stands where a part keeps its folder")
    void folder_isFile(String name) throws Exception {
        startOnce();
        Path folder = directory.resolve(name);
        Path aside = directory.resolve("aside");
        Files.move(folder, aside);
        Files.writeString(folder, "no folder");

        assertFailsWhole();
        Files.delete(folder);
        Files.move(aside, folder);
        assertStartsThen();
    }

    @Test
    @DisplayName("The address is taken")
    void address_isTaken() throws Exception {
        startOnce();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertFailsWhole();
        }
        assertStartsThen();
    }

    @Test
    @DisplayName("Another agent has the data, and goes on undisturbed")
    void data_isTaken() throws Exception {
        int other = port;
        try (Agent running = Agent.start(config(), InstantSource.system(), "test")) {
            port = SandboxWorld.freePort();
            AgentConfig config = config();
            assertThatThrownBy(() -> Agent.start(config, InstantSource.system(), "test").close())
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("data");
            assertThat(running.port()).isEqualTo(other);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(free.isBound()).isTrue();
            }
        }
        assertStartsThen();
    }
}
