package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

/**
 * A step of a run is about to be executed, for people who watch. Names only, nothing that was sent.
 *
 * @param probe name of the probe
 * @param run id of the run
 * @param step name of the step
 * @param cleanup whether it is one of the cleanup
 * @param number its place among the steps of its part, from 1
 * @param count how many steps that part of the plan has; those of a cleanup may be left out
 */
public record StepBegun(
        String probe, String run, String step, boolean cleanup, int number, int count) {

    public StepBegun {
        requireNonNull(probe, "probe is null");
        requireNonNull(run, "run is null");
        requireNonNull(step, "step is null");
    }
}
