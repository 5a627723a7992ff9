package io.paybeacon.testkit.model;

/** Thrown at a write point to make an engine die there, as a kill of the process would. */
public final class SimulatedCrash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A crash. */
    public SimulatedCrash() {
        super("simulated crash");
    }
}
