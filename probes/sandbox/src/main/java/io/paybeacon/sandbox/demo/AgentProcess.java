package io.paybeacon.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The agent as a process of its own, started by the launcher and asked over HTTP. */
final class AgentProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final int LOG_TAIL_LINES = 20;

    private final Process process;
    private final Path log;
    private final URI base;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private OptionalLong stopAskedNanos = OptionalLong.empty();

    private AgentProcess(Process process, Path log, URI base, String token) {
        this.process = process;
        this.log = log;
        this.base = base;
        this.token = token;
    }

    /**
     * Starts {@code launcher run --config FILE} and waits until it is ready.
     *
     * @throws DemoException if it does not become ready; the message has the end of its log
     */
    static AgentProcess start(String launcher, Path config, Path log, URI base, String token)
            throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(launcher, "run", "--config", config.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            AgentProcess agent = new AgentProcess(process, log, base, token);
            boolean ready = false;
            try {
                agent.awaitReady();
                ready = true;
                return agent;
            } finally {
                if (!ready) {
                    agent.close();
                }
            }
        } catch (IOException e) {
            throw new DemoException("cannot start " + launcher + ": " + e.getMessage());
        }
    }

    /**
     * What {@code launcher orphans} reads in the journal of an agent that has stopped.
     *
     * @throws DemoException if it cannot be read
     */
    static List<Orphan> orphans(String launcher, Path config) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(launcher, "orphans", "--json", "--config", config.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String json = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.waitFor();
            if (code != 0 && code != 1) {
                throw new DemoException("paybeacon orphans ended with exit code " + code);
            }
            return Orphan.read(json);
        } catch (IOException | DecodeException e) {
            throw new DemoException("cannot read what probes may have left: " + e.getMessage());
        }
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new DemoException(
                        "the agent ended with exit code " + process.exitValue() + ":\n" + tail());
            }
            if (get("/-/ready").isPresent()) {
                return;
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new DemoException(
                "the agent was not ready within " + START_MAX.toSeconds() + " s:\n" + tail());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The body of an answer with status 200, or nothing. */
    Optional<String> get(String path) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(ANSWER_MAX)
                        .header("Authorization", "Bearer " + token)
                        .GET()
                        .build();
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The last lines of the agent's log. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log, UTF_8);
            int from = Math.max(0, lines.size() - LOG_TAIL_LINES);
            return String.join("\n", lines.subList(from, lines.size()));
        } catch (IOException e) {
            return "(its log " + log + " cannot be read)";
        }
    }

    /** Asks it to end: it finishes and cleans up the probes under way, and answers meanwhile. */
    void stop() {
        if (stopAskedNanos.isEmpty()) {
            stopAskedNanos = OptionalLong.of(System.nanoTime());
            process.destroy();
        }
    }

    /** Whether it still has time to end by itself. */
    boolean mayGoOn() {
        return stopAskedNanos.isEmpty()
                || System.nanoTime() - stopAskedNanos.getAsLong() < STOP_MAX.toNanos();
    }

    /** Stops it, by force when it does not end in time. */
    @Override
    public void close() {
        stop();
        try {
            if (!mayGoOn() || !process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
