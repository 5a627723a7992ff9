package io.paybeacon.bench.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that probes what {@code /probe?target=} asks for: the exporter, or the agent as a user
 * starts it. Both know the modules {@code plain} and {@code tls}; the latter trusts the authority
 * of the run.
 */
final class ProbeServer implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 2_000_000;

    private final String name;
    private final Child child;
    private final URI base;
    private final HttpClient client;
    private final long startedNanos;

    private ProbeServer(String name, Child child, int port, long startedNanos) {
        this.name = name;
        this.child = child;
        this.base = URI.create("http://127.0.0.1:" + port);
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        this.startedNanos = startedNanos;
    }

    /** Starts blackbox_exporter. */
    static ProbeServer exporter(Path directory, Path authority) throws IOException {
        Path config =
                Files.writeString(
                        directory.resolve("blackbox.yml"),
                        """
                        modules:
                          plain:
                            prober: http
                            timeout: 10s
                            http: {preferred_ip_protocol: ip4}
                          tls:
                            prober: http
                            timeout: 10s
                            http:
                              preferred_ip_protocol: ip4
                              fail_if_not_ssl: true
                              tls_config: {ca_file: %s}
                        """
                                .formatted(authority));
        int port = freePort();
        long now = System.nanoTime();
        Child child =
                Child.program(
                        directory,
                        "exporter",
                        List.of(
                                Exporter.PROGRAM,
                                "--config.file=" + config,
                                "--web.listen-address=127.0.0.1:" + port,
                                "--log.level=error"));
        return new ProbeServer("exporter", child, port, now);
    }

    /**
     * Starts the agent.
     *
     * @param root of the source tree, where the launcher is
     * @param probes further keys of its configuration, such as {@code probes:} with its plans
     */
    static ProbeServer agent(Path root, Path directory, Path authority, String probes)
            throws IOException {
        int port = freePort();
        Path data = Files.createTempDirectory(directory, "data");
        Path config =
                Files.writeString(
                        directory.resolve("agent.yaml"),
                        """
                        listen: 127.0.0.1:%d
                        data: %s
                        modules:
                          plain: {http: {}}
                          tls: {http: {failIfNotTls: true}, trust: %s}
                        %s\
                        """
                                .formatted(port, data, authority, probes));
        long now = System.nanoTime();
        Child child =
                Child.program(
                        directory,
                        "agent",
                        List.of(
                                root.resolve("paybeacon").toString(),
                                "run",
                                "--config",
                                config.toString()));
        return new ProbeServer("agent", child, port, now);
    }

    /** Keys of a configuration without probes: one account is needed all the same. */
    static String withoutProbes() {
        return "gateways: {none: {kind: card, url: \"http://127.0.0.1:1\"}}\n";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return child.pid();
    }

    /** Waits for the first successful scrape. Returns the time since its start. */
    Duration awaitScrape() throws IOException, InterruptedException {
        return await(base.resolve("/metrics"), "");
    }

    /** Waits for the first probe that passes. Returns the time since its start. */
    Duration awaitProbe(String module, URI target) throws IOException, InterruptedException {
        return await(question(module, target), ProbeAnswer.PASSED);
    }

    private Duration await(URI address, String text) throws IOException, InterruptedException {
        while (true) {
            try {
                HttpResponse<String> response = get(address);
                if (response.statusCode() == 200 && response.body().contains(text)) {
                    return Duration.ofNanos(System.nanoTime() - startedNanos);
                }
            } catch (IOException e) {
                // Nobody listens yet, or nobody ever will: then it is no longer alive.
                if (!child.isAlive()) {
                    throw new IOException(child.explained("did not start"), e);
                }
            }
            if (System.nanoTime() - startedNanos > START_MAX.toNanos()) {
                throw new IOException(child.explained("did not answer at " + address));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Scrapes its own metrics. */
    void scrape() throws IOException, InterruptedException {
        HttpResponse<String> response = get(base.resolve("/metrics"));
        if (response.statusCode() != 200) {
            throw new IOException(name + " answered a scrape with " + response.statusCode());
        }
    }

    /**
     * Has it probe a target, once. From any thread.
     *
     * @throws IOException if the probe did not pass
     */
    ProbeAnswer probe(String module, URI target) throws IOException, InterruptedException {
        HttpResponse<String> response = get(question(module, target));
        ProbeAnswer answer = new ProbeAnswer(response.body());
        if (response.statusCode() != 200 || !answer.passed()) {
            throw new IOException(
                    "%s answered %d: %s".formatted(name, response.statusCode(), response.body()));
        }
        return answer;
    }

    private URI question(String module, URI target) {
        return base.resolve(
                "/probe?module=%s&target=%s"
                        .formatted(
                                module,
                                URLEncoder.encode(target.toString(), StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address).timeout(ANSWER_MAX).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        child.close();
        client.close();
    }
}
