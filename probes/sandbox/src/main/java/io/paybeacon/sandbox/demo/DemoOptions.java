package io.paybeacon.sandbox.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to show.
 *
 * @param launcher the command that starts the agent
 * @param lasting how long; empty means until interrupted
 * @param ordersPerSecond how many orders the marketplace places
 * @param stuckShare the share of them that gets stuck on purpose
 * @param faults faults of the gateway, in the sandbox's short form
 * @param probeEvery how often the probe runs
 */
record DemoOptions(
        String launcher,
        Optional<Duration> lasting,
        double ordersPerSecond,
        double stuckShare,
        List<String> faults,
        Duration probeEvery,
        int port,
        long seed,
        Path directory) {
    /** How long a payment of the demonstration may wait before it counts as stuck. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(8);

    /** How long before the end the last order is placed, so that every stuck one is found. */
    static final Duration QUIET_END = STUCK_AFTER.plusSeconds(7);

    DemoOptions {
        faults = List.copyOf(faults);
    }

    /** The agent's configuration; its secrets are in files of their own beside it. */
    String agentConfig(String gatewayUrl) {
        return """
        # The configuration of the agent in this demonstration.
        listen: 127.0.0.1:%d
        data: %s
        gateways:
          stripe:
            kind: stripe
            url: %s
            apiKey: ${file:%s}
            webhookSecrets: ["${file:%s}"]
        probes:
          card:
            plan: stripe/card-capture-refund
            gateway: stripe
            every: %ds
        payments:
          stuckAfter:
            created: %ds
            actionRequired: %ds
            processing: %ds
            authorised: %ds
          settle: 2s
        """
                .formatted(
                        port,
                        directory.resolve("data"),
                        gatewayUrl,
                        directory.resolve("api-key"),
                        directory.resolve("webhook-secret"),
                        probeEvery.toSeconds(),
                        STUCK_AFTER.toSeconds(),
                        STUCK_AFTER.toSeconds(),
                        STUCK_AFTER.toSeconds(),
                        STUCK_AFTER.toSeconds());
    }
}
