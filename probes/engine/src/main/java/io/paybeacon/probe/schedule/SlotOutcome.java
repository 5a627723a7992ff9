package io.paybeacon.probe.schedule;

/** What became of a due slot. */
public enum SlotOutcome {
    /** It started in time. */
    RAN,
    /** It started, later than the bound. */
    LATE,
    /** The run before it had not ended. */
    SKIPPED_RUNNING,
    /** Its gateway is under maintenance. */
    SKIPPED_MAINTENANCE,
    /** Its gateway had no room for a further run until the probe was due again. */
    SKIPPED_PACE,
    /** The money of the day is used up. */
    SKIPPED_BUDGET,
    /** The agent is shutting down. */
    SKIPPED_SHUTDOWN,
    /** The agent was not there to start it: asleep, blocked, or its clock leapt over it. */
    MISSED;

    /** Whether a run was started. */
    public boolean started() {
        return this == RAN || this == LATE;
    }
}
