package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.TroubleOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to show.
 *
 * @param launcher the command that starts the agent
 * @param lasting how long; empty means until interrupted
 * @param ordersPerSecond how many orders the marketplace places at all gateways together
 * @param stuckShare the share of them that gets stuck on purpose
 * @param anomalyShare the share of them with which something else goes wrong on purpose
 * @param trouble faults and incidents of the gateways
 * @param probeEvery how often each probe runs
 * @param port the agent's on 127.0.0.1
 * @param keep where configuration, log and data of the agent are kept; empty means not at all
 */
record DemoOptions(
        String launcher,
        Optional<Duration> lasting,
        double ordersPerSecond,
        double stuckShare,
        double anomalyShare,
        TroubleOptions.Read trouble,
        Duration probeEvery,
        int port,
        long seed,
        Optional<Path> keep) {
    /** How long a payment of the demonstration may wait before it counts as stuck. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(6);

    /** How long before the end the last order is placed, so that every stuck one is found. */
    static final Duration QUIET_END = STUCK_AFTER.plusSeconds(6);

    /** The shortest time in which there is something to see. */
    static final Duration LASTING_MIN = QUIET_END.plusSeconds(8);
}
