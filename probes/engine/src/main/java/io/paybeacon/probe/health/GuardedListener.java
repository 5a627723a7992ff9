package io.paybeacon.probe.health;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that may throw, and the watches go on: one that ended would look like an illness. */
final class GuardedListener implements HealthListener {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    private final HealthListener listener;

    GuardedListener(HealthListener listener) {
        this.listener = listener;
    }

    @Override
    public void onChange(HealthState state) {
        try {
            listener.onChange(state);
        } catch (RuntimeException e) {
            LOG.error("A change of the agent's health was not taken", e);
        }
    }

    @Override
    public void onLoopLag(long nanos) {
        try {
            listener.onLoopLag(nanos);
        } catch (RuntimeException e) {
            LOG.error("A lag of an event loop was not taken", e);
        }
    }
}
