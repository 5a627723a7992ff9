package io.paybeacon.probe;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.health.HealthListener;
import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.probe.secret.KnownSecrets;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Prober} works with.
 *
 * @param dataDirectory where the journal lies; of this agent alone
 * @param clock agent's wall clock
 * @param nanos monotonic clock in nanoseconds
 * @param random source of run ids and idempotency keys; unpredictable in production
 * @param listener receives what probes found
 * @param health how the agent watches itself
 * @param healthListener hears how the agent itself is
 * @param nameServer name server to ask; null for the ones of the machine
 * @param secrets what no text of a run may show, beside the secrets of its own target
 */
public record ProberSettings(
        Path dataDirectory,
        InstantSource clock,
        LongSupplier nanos,
        RandomGenerator random,
        ProbeListener listener,
        HealthSettings health,
        HealthListener healthListener,
        @Nullable InetSocketAddress nameServer,
        KnownSecrets secrets) {

    public ProberSettings {
        requireNonNull(dataDirectory, "dataDirectory is null");
        requireNonNull(listener, "listener is null");
        requireNonNull(health, "health is null");
        requireNonNull(healthListener, "healthListener is null");
        requireNonNull(secrets, "secrets is null");
    }

    /** Where no secrets are known but those of the targets. */
    public ProberSettings(
            Path dataDirectory,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random,
            ProbeListener listener,
            HealthSettings health,
            HealthListener healthListener,
            @Nullable InetSocketAddress nameServer) {
        this(
                dataDirectory,
                clock,
                nanos,
                random,
                listener,
                health,
                healthListener,
                nameServer,
                new KnownSecrets());
    }
}
