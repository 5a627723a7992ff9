package io.paybeacon.server;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigReader;
import io.paybeacon.server.config.ConfigReading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A sandbox, and configurations of agents that watch it. */
public final class SandboxWorld implements AutoCloseable {
    /** What the sandbox signs its webhooks with. */
    public static final String SECRET = "whsec_of_a_test";

    private final Path directory;
    private final Sandbox sandbox;
    private final HttpClient client = HttpClient.newHttpClient();

    /** A sandbox that keeps nothing; configurations go to the directory. */
    public SandboxWorld(Path directory, long seed) {
        this.directory = directory;
        this.sandbox =
                Sandbox.start(
                        SandboxOptions.defaults()
                                .withSeed(seed)
                                .withWebhookDelay(Duration.ofMillis(5)));
    }

    /** The gateway and its books. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** A configuration file of an agent that listens on that port; lines of probes may be added. */
    public Path writeConfig(int port, String more) throws IOException {
        Files.writeString(directory.resolve("key"), sandbox.apiKey());
        Files.writeString(directory.resolve("secret"), SECRET);
        return Files.writeString(
                directory.resolve("agent.yaml"),
                """
                listen: 127.0.0.1:%d
                data: data
                gateways:
                  stripe:
                    kind: stripe
                    url: %s
                    apiKey: ${file:key}
                    webhookSecrets: ["${file:secret}"]
                %s\
                """
                        .formatted(port, sandbox.baseUrl(), more));
    }

    /** The configuration in a file. */
    public static AgentConfig read(Path file) {
        return switch (ConfigReader.read(file, Map.of(), InstantSource.system())) {
            case ConfigReading.Accepted(AgentConfig config, _) -> config;
            case ConfigReading.Rejected rejected ->
                    throw new AssertionError(rejected.problems().toString());
        };
    }

    /** A port of the loopback interface that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The answer to a GET at the agent. */
    public HttpResponse<String> get(int port, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Posts a form to the gateway, as a platform would; the body of the answer. */
    public String charge(String path, String form) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                                .header("Authorization", "Bearer " + sandbox.apiKey())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        client.close();
        sandbox.close();
    }
}
