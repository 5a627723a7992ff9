package io.paybeacon.probe.run;

import io.paybeacon.probe.schedule.MaintenanceWindow;
import java.time.Instant;
import java.util.List;

/**
 * When a probe does not run, and whether it makes sure of a failure.
 *
 * @param confirm whether a scheduled run that failed on the gateway's side is repeated at once,
 *     over fresh connections, as evidence
 * @param maintenance times in which its slots are skipped, its own and its gateway's
 */
public record RunPolicy(boolean confirm, List<MaintenanceWindow> maintenance) {

    /** Runs always, and once. */
    public static final RunPolicy DEFAULT = new RunPolicy(false, List.of());

    public RunPolicy {
        maintenance = List.copyOf(maintenance);
    }

    /** Whether an instant of the agent's wall clock lies in a maintenance window. */
    public boolean inMaintenance(Instant instant) {
        return maintenance.stream().anyMatch(window -> window.contains(instant));
    }
}
