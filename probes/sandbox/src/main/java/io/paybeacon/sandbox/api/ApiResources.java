package io.paybeacon.sandbox.api;

import io.paybeacon.sandbox.fault.FaultEngine;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/**
 * What the sandbox lends the API of one gateway.
 *
 * @param requestsPerSecondMax beyond it requests are answered as rate limited
 * @param clock of the rate limit
 * @param gatewayClock the gateway's own, which a fault may set wrong; of the Date header
 * @param counter told of every request
 */
public record ApiResources(
        Vertx vertx,
        FaultEngine faults,
        long requestsPerSecondMax,
        InstantSource clock,
        InstantSource gatewayClock,
        RequestCounter counter) {}
