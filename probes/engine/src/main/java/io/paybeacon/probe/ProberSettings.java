package io.paybeacon.probe;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.health.HealthListener;
import io.paybeacon.probe.health.HealthSettings;
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
 */
public record ProberSettings(
        Path dataDirectory,
        InstantSource clock,
        LongSupplier nanos,
        RandomGenerator random,
        ProbeListener listener,
        HealthSettings health,
        HealthListener healthListener,
        @Nullable InetSocketAddress nameServer) {

    public ProberSettings {
        requireNonNull(dataDirectory, "dataDirectory is null");
        requireNonNull(listener, "listener is null");
        requireNonNull(health, "health is null");
        requireNonNull(healthListener, "healthListener is null");
    }
}
