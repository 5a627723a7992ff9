package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.server.blackbox.ProbeEndpoint;
import io.paybeacon.server.config.AccessToken;
import io.paybeacon.server.config.WebhookLimits;
import io.paybeacon.server.findings.FindingStore;
import io.paybeacon.server.reload.Reloading;
import io.paybeacon.telemetry.Exposition;
import io.paybeacon.telemetry.Inventory;
import io.paybeacon.telemetry.ProcessMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the HTTP door opens to. The suppliers are asked for every request and must not block.
 *
 * @param engine empty while it has not started
 * @param endpoints the webhooks of each gateway account by its configured name
 * @param tokens of which callers must show one; none when nothing is asked for
 * @param webhookLimits how much each gateway account may send
 * @param reloading reads the configuration anew; empty while that cannot be done
 * @param inventory the configured gateways and probes
 * @param findings the findings store
 * @param records what the engine has on record of findings; empty while it has not started
 * @param runs the last runs of the probes
 * @param targets probes what a scrape names
 * @param arrivals told of each webhook of a probe's own payment
 * @param clock the agent's clock
 * @param nanoClock a monotonic clock, such as {@link System#nanoTime}
 */
public record HttpServices(
        Supplier<Optional<Engine>> engine,
        Supplier<Map<String, WebhookEndpoint>> endpoints,
        Supplier<List<AccessToken>> tokens,
        Supplier<WebhookLimits> webhookLimits,
        Supplier<Optional<Reloading>> reloading,
        Supplier<Inventory> inventory,
        Exposition exposition,
        ProcessMetrics process,
        FindingStore findings,
        Supplier<Optional<FindingStore.Records>> records,
        RunHistory runs,
        ProbeEndpoint targets,
        ProbeArrivals arrivals,
        InstantSource clock,
        LongSupplier nanoClock) {}
