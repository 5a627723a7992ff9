package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.server.blackbox.ProbeEndpoint;
import io.paybeacon.server.findings.FindingStore;
import io.paybeacon.server.reload.Reloading;
import io.paybeacon.telemetry.Exposition;
import io.paybeacon.telemetry.Inventory;
import io.paybeacon.telemetry.ProcessMetrics;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the HTTP door opens to. The suppliers are asked for every request and must not block.
 *
 * @param engine empty while it has not started
 * @param endpoints the webhooks of each gateway account by its configured name
 * @param token what callers must show; empty when nothing is asked for
 * @param reloading reads the configuration anew; empty while that cannot be done
 * @param inventory the configured gateways and probes
 * @param findings the findings store
 * @param runs the last runs of the probes
 * @param targets probes what a scrape names
 * @param arrivals told of each webhook of a probe's own payment
 * @param clock the agent's clock
 * @param nanoClock a monotonic clock, such as {@link System#nanoTime}
 */
public record HttpServices(
        Supplier<Optional<Engine>> engine,
        Supplier<Map<String, WebhookEndpoint>> endpoints,
        Supplier<Optional<Secret>> token,
        Supplier<Optional<Reloading>> reloading,
        Supplier<Inventory> inventory,
        Exposition exposition,
        ProcessMetrics process,
        FindingStore findings,
        RunHistory runs,
        ProbeEndpoint targets,
        ProbeArrivals arrivals,
        InstantSource clock,
        LongSupplier nanoClock) {}
