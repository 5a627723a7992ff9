package io.paybeacon.probe.run;

import static org.awaitility.Awaitility.await;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.probe.Applied;
import io.paybeacon.probe.ProbeListener;
import io.paybeacon.probe.ProbeSet;
import io.paybeacon.probe.Prober;
import io.paybeacon.probe.ProberSettings;
import io.paybeacon.probe.health.HealthListener;
import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.probe.health.HealthState;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.secret.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine whose clocks can be moved, the Acme gateway, and all that the listeners heard. */
final class EngineLab implements ProbeListener, HealthListener {

    /** Thresholds that a busy test machine does not reach by itself. */
    static final HealthSettings CALM =
            HealthSettings.DEFAULT.withThresholds(Duration.ofSeconds(30), Duration.ofSeconds(30));

    static final GatewayPace FAST = new GatewayPace(5000, 5000, 500);

    final Vertx vertx = Vertx.vertx();
    final AcmeGateway gateway = new AcmeGateway();
    final List<ProbeEvent> events = new CopyOnWriteArrayList<>();
    final List<RunResult> runs = new CopyOnWriteArrayList<>();
    final Map<RunCompleted, Instant> toldAt = new ConcurrentHashMap<>();
    final List<HealthState> changes = new CopyOnWriteArrayList<>();
    private final AtomicLong pausedNanos = new AtomicLong();
    final AtomicLong wallAheadMillis = new AtomicLong();
    private final Path directory;
    private @Nullable Prober opened;

    EngineLab(Path directory) throws IOException {
        this.directory = directory;
    }

    EngineLab open(HealthSettings health, @Nullable InetSocketAddress nameServer)
            throws IOException {
        opened =
                Prober.open(
                        vertx,
                        new ProberSettings(
                                directory,
                                this::wall,
                                () -> System.nanoTime() + pausedNanos.get(),
                                new Random(11 + events.size()),
                                this,
                                health,
                                this,
                                nameServer));
        return this;
    }

    EngineLab open() throws IOException {
        return open(CALM, null);
    }

    private Instant wall() {
        return Instant.now().plusNanos(pausedNanos.get()).plusMillis(wallAheadMillis.get());
    }

    /** As if the process had stood still for that time. */
    void pause(Duration duration) {
        pausedNanos.addAndGet(duration.toNanos());
    }

    Prober prober() {
        if (opened == null) {
            throw new IllegalStateException("The engine is not open");
        }
        return opened;
    }

    @Override
    public void onEvent(ProbeEvent event) {
        events.add(event);
        if (event instanceof RunCompleted run) {
            toldAt.put(run, wall());
        }
    }

    @Override
    public void onRun(RunResult result) {
        runs.add(result);
    }

    @Override
    public void onChange(HealthState state) {
        changes.add(state);
    }

    Applied apply(GatewayPace pace, ProbeTarget... targets) throws Exception {
        ProbeSet set =
                new ProbeSet(List.of(targets), Map.of("acme-main", pace, "acme-other", pace));
        return prober().apply(set).await(20, TimeUnit.SECONDS);
    }

    /** A probe of Acme every second. */
    ProbeTarget target(String name, String yaml, RunPolicy policy) {
        return target(name, yaml, gateway.url(), policy);
    }

    static ProbeTarget target(String name, String yaml, String url, RunPolicy policy) {
        return new ProbeTarget(
                name,
                "acme-main",
                ProbeBench.plan(yaml),
                URI.create(url),
                Map.of("key", Secret.of(ProbeBench.KEY)),
                Map.of(),
                Duration.ofSeconds(1),
                TlsProfile.PUBLIC,
                Optional.empty(),
                policy);
    }

    <E extends ProbeEvent> Stream<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    List<RunCompleted> completed(String probe) {
        return events(RunCompleted.class).filter(run -> run.probe().equals(probe)).toList();
    }

    List<SlotAccounted> slots(String probe) {
        return events(SlotAccounted.class).filter(slot -> slot.probe().equals(probe)).toList();
    }

    static void until(Callable<Boolean> condition) {
        until(Duration.ofMinutes(1), condition);
    }

    static void until(Duration max, Callable<Boolean> condition) {
        await().atMost(max).pollInterval(Duration.ofMillis(10)).until(condition);
    }

    void close() throws Exception {
        if (opened != null) {
            opened.close().await(60, TimeUnit.SECONDS);
        }
        gateway.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
