package io.paybeacon.server;

import io.paybeacon.probe.health.HealthListener;
import io.paybeacon.probe.health.HealthState;
import io.paybeacon.telemetry.HealthCheck;
import io.paybeacon.telemetry.ProcessMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs how the agent itself is. Safe for use by many threads.
 *
 * @param process where it is counted
 */
record HealthMetrics(ProcessMetrics process) implements HealthListener {
    private static final Logger LOG = LoggerFactory.getLogger(HealthMetrics.class);

    @Override
    public void onChange(HealthState state) {
        process.agentHealth(check(state), state.well());
        if (state.well()) {
            LOG.info("The agent is well again: {}", state.check().label());
        } else {
            LOG.warn(
                    "The agent is ill, so that its samples of gateways do not count: {}: {}",
                    state.check().label(),
                    state.detail());
        }
    }

    @Override
    public void onLoopLag(long nanos) {
        process.eventLoopLag(nanos);
    }

    private static HealthCheck check(HealthState state) {
        return switch (state.check()) {
            case EGRESS -> HealthCheck.EGRESS;
            case NAME_SERVER -> HealthCheck.NAME_SERVER;
            case EVENT_LOOP -> HealthCheck.EVENT_LOOP;
            case PAUSE -> HealthCheck.PAUSE;
            case CLOCK -> HealthCheck.CLOCK;
        };
    }
}
