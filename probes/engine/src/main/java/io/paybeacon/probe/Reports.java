package io.paybeacon.probe;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepBegun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener; one that throws harms nothing else. */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final ProbeListener listener;

    Reports(ProbeListener listener) {
        this.listener = listener;
    }

    void tell(ProbeEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            LOG.error("A probe event was not taken", e);
        }
    }

    void tell(StepBegun step) {
        try {
            listener.onStep(step);
        } catch (RuntimeException e) {
            LOG.error("The beginning of a step was not taken", e);
        }
    }

    void tell(RunResult result) {
        tell(ProbeEvents.of(result));
        try {
            listener.onRun(result);
        } catch (RuntimeException e) {
            LOG.error("A probe result was not taken", e);
        }
    }
}
