package io.paybeacon.probe;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepBegun;

/** Receives what probes found. Called on event loops: it must not block. */
public interface ProbeListener {

    /** A fact for the pipeline. */
    void onEvent(ProbeEvent event);

    /** The whole result of a run, with its redacted debug log, for people. */
    default void onRun(RunResult result) {}

    /** A step begins, of the flow or of a cleanup; called before anything is sent for it. */
    default void onStep(StepBegun step) {}
}
