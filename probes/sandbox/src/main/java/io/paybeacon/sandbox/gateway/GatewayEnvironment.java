package io.paybeacon.sandbox.gateway;

import io.paybeacon.sandbox.api.ApiResources;
import io.paybeacon.sandbox.webhook.WebhookEvent;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a gateway gets from the sandbox.
 *
 * @param api for {@link io.paybeacon.sandbox.api.GatewayApi}, which brings faults, rate limit,
 *     idempotency, counting and hostile answers
 * @param seed of the ids of its objects
 * @param clock its own, which a fault may set wrong; of everything it stamps
 * @param events takes each event after its operation took effect; it is signed and sent from there
 * @param baseUrl the address of this gateway without a trailing slash, once it listens
 */
public record GatewayEnvironment(
        ApiResources api,
        long seed,
        InstantSource clock,
        Consumer<WebhookEvent> events,
        Supplier<String> baseUrl) {}
