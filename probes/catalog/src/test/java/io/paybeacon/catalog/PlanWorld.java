package io.paybeacon.catalog;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.probe.ProbeListener;
import io.paybeacon.probe.Prober;
import io.paybeacon.probe.ProberSettings;
import io.paybeacon.probe.health.HealthListener;
import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.PlanReader;
import io.paybeacon.probe.plan.PlanReading;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.RunPolicy;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The shipped plans of one gateway, the engine, and the sandbox's fake of that gateway. */
final class PlanWorld {
    /** How busy the machine is on which the tests run is not what they are about. */
    static final HealthSettings NEVER_ILL =
            new HealthSettings(
                    List.of(),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(2));

    private final Vertx vertx;
    private final Path dataDirectory;
    private final Map<String, Secret> secrets = new HashMap<>();
    private final AtomicReference<Prober> prober = new AtomicReference<>();
    private final Sandbox sandbox;
    final SandboxGateway gateway;
    final List<ProbeEvent> events = new CopyOnWriteArrayList<>();

    PlanWorld(Path dataDirectory, GatewayKind kind, Map<String, String> secrets)
            throws IOException {
        this(dataDirectory, kind, secrets, InstantSource.system());
    }

    /** A world in which the gateway's clock is another than the engine's. */
    PlanWorld(
            Path dataDirectory,
            GatewayKind kind,
            Map<String, String> secrets,
            InstantSource gatewayClock)
            throws IOException {
        this.dataDirectory = dataDirectory;
        secrets.forEach((name, value) -> this.secrets.put(name, Secret.of(value)));
        vertx = Vertx.vertx();
        sandbox =
                Sandbox.start(
                        SandboxOptions.defaults()
                                .withGateways(Set.of(kind))
                                .withClock(gatewayClock)
                                .withWebhookDelay(Duration.ofMillis(5)));
        gateway = sandbox.gateway(kind);
        openProber();
    }

    /** Opens an engine on the same data directory, as a restart does. */
    void openProber() throws IOException {
        ProberSettings settings = settings(dataDirectory, 7 + events.size(), events::add);
        prober.set(Prober.open(vertx, settings));
    }

    static ProberSettings settings(Path dataDirectory, long seed, ProbeListener listener) {
        return new ProberSettings(
                dataDirectory,
                InstantSource.system(),
                System::nanoTime,
                new Random(seed),
                listener,
                NEVER_ILL,
                HealthListener.NONE,
                null);
    }

    Prober prober() {
        return prober.get();
    }

    /** The shipped plan as it is, or with its timeouts cut short for faults of silence. */
    static Plan plan(String name, boolean impatient) {
        String shipped = Catalog.open(name);
        String yaml =
                impatient ? shipped.replaceAll("timeout: (1[05]|60)s", "timeout: 700ms") : shipped;
        return read(Catalog.fileName(name), yaml);
    }

    static Plan read(String file, String yaml) {
        return switch (PlanReader.read(file, yaml)) {
            case PlanReading.Accepted accepted -> accepted.plan();
            case PlanReading.Rejected rejected ->
                    throw new IllegalStateException(rejected.problems().toString());
        };
    }

    ProbeTarget target(Plan plan) {
        return target(plan, Map.of());
    }

    ProbeTarget target(Plan plan, Map<String, Value> variables) {
        return target(
                plan, gateway.kind(), gateway.baseUrl(), TlsProfile.PUBLIC, secrets, variables);
    }

    /** The same gateway over TLS, under the sandbox's own authority. */
    ProbeTarget tlsTarget(Plan plan, Map<String, Value> variables) {
        TlsProfile tls = TlsProfile.trusting(sandbox.caPem());
        return target(plan, gateway.kind(), gateway.tlsBaseUrl(), tls, secrets, variables);
    }

    static ProbeTarget target(
            Plan plan, GatewayKind kind, String baseUrl, Map<String, String> secrets) {
        Map<String, Secret> wrapped = new HashMap<>();
        secrets.forEach((name, value) -> wrapped.put(name, Secret.of(value)));
        return target(plan, kind, baseUrl, TlsProfile.PUBLIC, wrapped, Map.of());
    }

    private static ProbeTarget target(
            Plan plan,
            GatewayKind kind,
            String baseUrl,
            TlsProfile tls,
            Map<String, Secret> secrets,
            Map<String, Value> variables) {
        return new ProbeTarget(
                plan.name(),
                kind.wireName() + "-main",
                plan,
                URI.create(baseUrl),
                secrets,
                variables,
                Duration.ofSeconds(15),
                tls,
                Optional.empty(),
                RunPolicy.DEFAULT);
    }

    RunResult run(Plan plan) throws Exception {
        return prober().runOnce(target(plan)).await(60, TimeUnit.SECONDS);
    }

    /** Money held, or taken and not given back, in minor units over all payments. */
    long leftBehindMinor() {
        return gateway.ledger().payments().stream()
                .mapToLong(p -> p.heldMinor() + p.capturedMinor() - p.refundedMinor())
                .sum();
    }

    void close() throws Exception {
        prober().close().await(60, TimeUnit.SECONDS);
        sandbox.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
