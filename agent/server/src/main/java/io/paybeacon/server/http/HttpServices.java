package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.server.findings.FindingStore;
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
 * @param inventory the configured gateways and probes
 * @param findings the findings store
 * @param arrivals told of each webhook of a probe's own payment
 * @param clock the agent's clock
 * @param nanoClock a monotonic clock, such as {@link System#nanoTime}
 */
public record HttpServices(
        Supplier<Optional<Engine>> engine,
        Supplier<Map<String, WebhookEndpoint>> endpoints,
        Inventory inventory,
        Exposition exposition,
        ProcessMetrics process,
        FindingStore findings,
        ProbeArrivals arrivals,
        InstantSource clock,
        LongSupplier nanoClock) {}
