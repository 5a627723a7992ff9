package io.paybeacon.server;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.EmbeddedEngine;
import io.paybeacon.embedded.EngineOptions;
import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.stripe.StripeWebhooks;
import io.paybeacon.probe.Prober;
import io.paybeacon.probe.ProberSettings;
import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.http.ProbeTransport;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.WebhookInbox.Arrival;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.GatewayConfig;
import io.paybeacon.server.findings.FindingStore;
import io.paybeacon.server.http.AgentHttpServer;
import io.paybeacon.server.http.HttpServices;
import io.paybeacon.server.http.HttpSettings;
import io.paybeacon.server.http.WebhookEndpoint;
import io.paybeacon.telemetry.Exposition;
import io.paybeacon.telemetry.Inventory;
import io.paybeacon.telemetry.MetricCatalog;
import io.paybeacon.telemetry.ProcessMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running agent: everything that the configuration asks for, wired by constructors, stopped in
 * the opposite order. Safe for use by many threads once it is started.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(30);

    private final AgentConfig config;
    private final InstantSource clock;
    private final AtomicReference<Optional<Engine>> engine =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Prober>> prober =
            new AtomicReference<>(Optional.empty());

    /** What is open, the last opened first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private int port;

    private Agent(AgentConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Starts an agent. Blocks until it is ready.
     *
     * @param version of the build, for people
     * @throws AgentException if it cannot start; nothing is left open then
     */
    public static Agent start(AgentConfig config, InstantSource clock, String version)
            throws AgentException {
        Agent agent = new Agent(config, clock);
        try {
            agent.open(version);
            return agent;
        } catch (IOException | RuntimeException e) {
            agent.close();
            throw new AgentException(explain(e), e);
        }
    }

    private static String explain(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.toString() : message;
    }

    private void open(String version) throws IOException {
        Path data = config.data();
        Files.createDirectories(data);
        Vertx vertx = Vertx.builder().withTransport(new ProbeTransport()).build();
        open.push(() -> await(vertx.close()));
        ProcessMetrics process =
                new ProcessMetrics(
                        version,
                        clock.instant(),
                        config.gateways().stream().map(GatewayConfig::name).toList());
        FindingStore findings = FindingStore.open(data.resolve("findings"), process);
        open.push(findings);
        Inventory inventory = new Inventory(config.probeNames());
        Map<String, WebhookEndpoint> endpoints = endpoints();
        HttpServices services =
                new HttpServices(
                        engine::get,
                        () -> endpoints,
                        inventory,
                        new Exposition(new MetricCatalog(), inventory, process),
                        process,
                        findings,
                        this::webhookOfProbe,
                        clock,
                        System::nanoTime);
        AgentHttpServer http = listen(vertx, services);
        open.push(() -> await(http.close()));
        port = http.port();
        Engine running = openEngine(data.resolve("engine"), findings);
        openProber(vertx, running, data.resolve("probes"));
    }

    private AgentHttpServer listen(Vertx vertx, HttpServices services) throws IOException {
        try {
            return await(
                    AgentHttpServer.listen(
                            vertx, HttpSettings.at(config.host(), config.port()), services));
        } catch (CompletionException e) {
            throw new IOException(
                    "it cannot listen on %s:%d (%s); stop what listens there, maybe another agent,"
                                    .formatted(
                                            config.host(),
                                            config.port(),
                                            explain(e.getCause() == null ? e : e.getCause()))
                            + " or name another address under listen",
                    e);
        }
    }

    private void webhookOfProbe(String gateway, String run, String type, Instant at) {
        prober.get().ifPresent(p -> p.inbox().arrived(new Arrival(gateway, run, type, at)));
    }

    private Engine openEngine(Path directory, FindingStore findings) throws IOException {
        EmbeddedEngine opened =
                EmbeddedEngine.open(
                        EngineOptions.in(directory),
                        Pipeline.standard(),
                        config.reference(),
                        clock,
                        findings);
        open.push(opened);
        // What an earlier start left is in force unless the configuration says something else.
        Reference kept = opened.startReference();
        Reference wanted = config.reference().withVersion(kept.version());
        if (!kept.equals(wanted)) {
            opened.refer(wanted.withVersion(kept.version() + 1)).join();
        }
        engine.set(Optional.of(opened));
        open.push(new Ticker(opened, clock));
        return opened;
    }

    private void openProber(Vertx vertx, Engine running, Path directory) throws IOException {
        Files.createDirectories(directory);
        Prober opened =
                Prober.open(
                        vertx,
                        new ProberSettings(
                                directory,
                                clock,
                                System::nanoTime,
                                RandomGenerator.of("SecureRandom"),
                                new ProbeInlet(vertx, running),
                                (probe, at) -> false,
                                null));
        prober.set(Optional.of(opened));
        open.push(() -> await(opened.close()));
    }

    private Map<String, WebhookEndpoint> endpoints() {
        Map<String, WebhookEndpoint> endpoints = new HashMap<>();
        for (GatewayConfig gateway : config.gateways()) {
            if (!gateway.webhookSecrets().isEmpty()) {
                endpoints.put(
                        gateway.name(),
                        new WebhookEndpoint(adapter(gateway), gateway.webhookSecrets()));
            }
        }
        return Map.copyOf(endpoints);
    }

    private static WebhookAdapter adapter(GatewayConfig gateway) {
        return switch (gateway.kind()) {
            case STRIPE -> new StripeWebhooks(gateway.name(), StripeWebhooks.ORDER_FIELDS);
        };
    }

    /** What it was started with. */
    public AgentConfig config() {
        return config;
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Cleans up what earlier runs left at the gateways. Blocks until each was tried once. */
    public RecoveryReport recoverProbes() {
        RecoveryReport report = await(running().recover(config.probes()));
        if (!report.cleaned().isEmpty()) {
            LOG.info("Cleaned up what {} earlier probe runs had left", report.cleaned().size());
        }
        for (RecoveryReport.Orphan orphan : report.orphans()) {
            LOG.warn(
                    "Probe run {} of {} may have left money at {}: {}",
                    orphan.run(),
                    orphan.probe(),
                    orphan.gateway(),
                    orphan.why());
        }
        return report;
    }

    /** Runs the probes on their schedules from now on. */
    public void scheduleProbes() {
        await(running().start(config.probes()));
    }

    /** Runs a probe once, now. Blocks until it has cleaned up. */
    public RunResult runProbe(ProbeTarget target) {
        return await(running().runOnce(target));
    }

    private Prober running() {
        return prober.get().orElseThrow(() -> new IllegalStateException("not started"));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** Stops: probes end and clean up, then the door closes, then what was accepted is durable. */
    @Override
    public void close() {
        Thread closing =
                Thread.ofPlatform()
                        .name("paybeacon-close")
                        .start(() -> {
                            while (!open.isEmpty()) {
                                close(open.pop());
                            }
                        });
        try {
            closing.join(CLOSE_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            LOG.error("The agent did not stop within {} s", CLOSE_MAX.toSeconds());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // The rest has to be closed all the same.
            LOG.error("A part of the agent did not close", e);
        }
    }
}
