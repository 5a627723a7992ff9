package io.paybeacon.server;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.embedded.EmbeddedEngine;
import io.paybeacon.embedded.EngineOptions;
import io.paybeacon.probe.Prober;
import io.paybeacon.probe.ProberSettings;
import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.http.Dialer;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepBegun;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.WebhookInbox.Arrival;
import io.paybeacon.probe.secret.KnownSecrets;
import io.paybeacon.server.blackbox.ProbeEndpoint;
import io.paybeacon.server.certificate.PayPalCertificates;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigReader;
import io.paybeacon.server.config.ConfigReading;
import io.paybeacon.server.config.ConfigSecrets;
import io.paybeacon.server.config.ListenConfig;
import io.paybeacon.server.findings.FindingStore;
import io.paybeacon.server.http.AgentHttpServer;
import io.paybeacon.server.http.HttpServices;
import io.paybeacon.server.http.HttpSettings;
import io.paybeacon.server.http.RunHistory;
import io.paybeacon.server.reload.ConfigReload;
import io.paybeacon.server.reload.Reloading;
import io.paybeacon.server.source.SourcePoller;
import io.paybeacon.telemetry.Exposition;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running agent: everything that the configuration asks for, wired by constructors, stopped in
 * the opposite order. Safe for use by many threads once it is started.
 */
public final class Agent implements AutoCloseable {
    /** The logger that has a line for each run of a probe. */
    public static final String LOG_OF_RUNS = "io.paybeacon.server.runs";

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(30);

    private final AgentConfig config;
    private final InstantSource clock;
    private final KnownSecrets secrets;
    private final Vertx vertx;
    private final PayPalCertificates certificates;
    private final AtomicReference<InForce> inForce;
    private final AtomicReference<Optional<Reloading>> reloading =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Engine>> engine =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<FindingStore.Records>> records =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Prober>> prober =
            new AtomicReference<>(Optional.empty());

    private final RunHistory runs = new RunHistory();

    /** What is open, the last opened first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private int port;

    /** Null until it has started. */
    private @Nullable ProbeInlet probeInlet;

    /** Null until it has started. */
    private @Nullable LiveSwap swap;

    /** Null until it has started. */
    private @Nullable SourcePoller sources;

    /** Null until it has started. */
    private @Nullable ProcessMetrics process;

    /** Opens nothing yet: whoever takes over the Vertx closes it. */
    private Agent(AgentConfig config, InstantSource clock, KnownSecrets secrets, Vertx vertx) {
        this.secrets = secrets;
        this.config = config;
        this.clock = clock;
        this.vertx = vertx;
        this.certificates = new PayPalCertificates(vertx, clock);
        this.inForce = new AtomicReference<>(InForce.of(config, certificates));
    }

    /**
     * Starts an agent. Blocks until it is ready.
     *
     * @param version of the build, for people
     * @throws AgentException if it cannot start; nothing is left open then
     */
    public static Agent start(AgentConfig config, InstantSource clock, String version)
            throws AgentException {
        return start(config, clock, version, new KnownSecrets());
    }

    /**
     * Starts an agent. Blocks until it is ready.
     *
     * @param version of the build, for people
     * @param secrets learns those of the configuration, and of each that comes into force later
     * @throws AgentException if it cannot start; nothing is left open then
     */
    public static Agent start(
            AgentConfig config, InstantSource clock, String version, KnownSecrets secrets)
            throws AgentException {
        secrets.learn(ConfigSecrets.of(config));
        Vertx vertx = Vertx.vertx();
        Agent agent;
        try {
            agent = new Agent(config, clock, secrets, vertx);
        } catch (RuntimeException e) {
            close(() -> await(vertx.close()));
            throw new AgentException(explain(e), e);
        }
        agent.open.push(() -> await(vertx.close()));
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
        ProcessMetrics counts =
                new ProcessMetrics(version, clock.instant(), () -> inForce.get().inventory());
        FindingStore findings =
                FindingStore.open(
                        config.findings(), data.resolve("findings"), counts, System::nanoTime);
        process = counts;
        open.push(findings);
        ProbeEndpoint targets =
                new ProbeEndpoint(
                        vertx,
                        new Dialer(vertx, null),
                        () -> inForce.get().modules(),
                        System::nanoTime);
        open.push(() -> await(targets.close()));
        HttpServices services =
                new HttpServices(
                        engine::get,
                        () -> inForce.get().endpoints(),
                        () -> inForce.get().config().listen().tokens(),
                        () -> inForce.get().config().listen().webhooks(),
                        reloading::get,
                        () -> inForce.get().inventory(),
                        new Exposition(
                                new MetricCatalog(), () -> inForce.get().inventory(), counts),
                        counts,
                        findings,
                        records::get,
                        runs,
                        targets,
                        this::webhookOfProbe,
                        clock,
                        System::nanoTime);
        AgentHttpServer http = listen(services);
        open.push(() -> await(http.close()));
        port = http.port();
        openEngine(http, findings, counts);
    }

    private AgentHttpServer listen(HttpServices services) throws IOException {
        ListenConfig at = config.listen();
        HttpSettings plain = HttpSettings.at(at.host(), at.port());
        HttpSettings settings = at.tls().map(plain::withTls).orElse(plain);
        try {
            return await(AgentHttpServer.listen(vertx, settings, services));
        } catch (CompletionException e) {
            throw new IOException(
                    "it cannot listen on %s (%s); stop what listens there, maybe another agent,"
                                    .formatted(
                                            at.address(),
                                            explain(e.getCause() == null ? e : e.getCause()))
                            + " or name another address under listen",
                    e);
        }
    }

    private void webhookOfProbe(String gateway, String run, String type, Instant at) {
        prober.get().ifPresent(p -> p.inbox().arrived(new Arrival(gateway, run, type, at)));
    }

    private void openEngine(AgentHttpServer http, FindingStore findings, ProcessMetrics counts)
            throws IOException {
        EmbeddedEngine opened =
                EmbeddedEngine.open(
                        EngineOptions.in(
                                config.data().resolve("engine"), Runtime.getRuntime().maxMemory()),
                        Pipeline.standard(),
                        config.reference(),
                        clock,
                        findings,
                        counts::stageFailed);
        open.push(opened);
        // What an earlier start left is in force unless the configuration says something else.
        ReferenceKeeper reference = new ReferenceKeeper(opened, opened.startReference());
        reference.refer(config.reference());
        engine.set(Optional.of(opened));
        records.set(Optional.of(new EngineRecords(opened)));
        open.push(new Ticker(opened, clock));
        ProbeInlet inlet = new ProbeInlet(vertx, opened, runs);
        probeInlet = inlet;
        openProber(inlet, counts);
        SourcePoller polled = new SourcePoller(vertx, clock, inlet::tell);
        open.push(polled);
        sources = polled;
        swap =
                new LiveSwap(
                        inForce, http, running(), reference, polled, runs, certificates, secrets);
    }

    private void openProber(ProbeInlet inlet, ProcessMetrics counts) throws IOException {
        Path directory = config.data().resolve("probes");
        Files.createDirectories(directory);
        Prober opened =
                Prober.open(
                        vertx,
                        new ProberSettings(
                                directory,
                                clock,
                                System::nanoTime,
                                RandomGenerator.of("SecureRandom"),
                                inlet,
                                config.health(),
                                new HealthMetrics(counts),
                                null,
                                secrets));
        opened.warmUp();
        prober.set(Optional.of(opened));
        open.push(() -> await(opened.close()));
    }

    /** What is in force. */
    public AgentConfig config() {
        return inForce.get().config();
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

    /** Runs the probes on their schedules, and asks the sources, from now on. */
    public void scheduleProbes() {
        await(running().apply(config.probeSet()));
        await(Objects.requireNonNull(sources, "not started").apply(config.sources()));
    }

    /**
     * Keeps to the configuration's files from now on: reads them anew when they change, and when
     * asked. Call it once, after {@link #scheduleProbes}.
     *
     * @param file the configuration's
     * @param environment where {@code ${env:NAME}} is looked up
     * @param started what it was started with
     * @param lookEvery between two looks at the files
     */
    public Reloading followConfig(
            Path file,
            Map<String, String> environment,
            ConfigReading.Accepted started,
            Duration lookEvery) {
        ConfigReload reload =
                new ConfigReload(
                        current -> ConfigReader.readAnew(file, environment, clock, current),
                        started,
                        Objects.requireNonNull(swap, "not started"),
                        Objects.requireNonNull(process, "not started"),
                        clock,
                        lookEvery);
        open.push(reload);
        reloading.set(Optional.of(reload));
        return reload;
    }

    /**
     * Tells of each step of a probe before it is executed, from now on.
     *
     * @param watcher is called on event loops: it must not block
     */
    public void watchSteps(Consumer<StepBegun> watcher) {
        Objects.requireNonNull(probeInlet, "not started").watchSteps(watcher);
    }

    /** Makes runs under way end at their next step and clean up; no further one begins. */
    public void stopProbes() {
        running().stop();
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
