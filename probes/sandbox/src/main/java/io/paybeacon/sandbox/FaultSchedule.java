package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.Fault;
import io.paybeacon.sandbox.gateway.GatewayKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Faults and incidents that begin and end by themselves, as a file of {@code --faults} lists them.
 *
 * @param entries in the order of the file
 * @param incidents in the order of the file
 */
public record FaultSchedule(List<Entry> entries, List<PlannedIncident> incidents) {
    public FaultSchedule {
        entries = List.copyOf(entries);
        incidents = List.copyOf(incidents);
    }

    /**
     * One fault.
     *
     * @param at wait from the start of the schedule until it begins
     * @param lasting how long it lasts; empty means to the end
     * @param faults the fault, with that time in it, as each gateway it is for understands it
     */
    public record Entry(Duration at, Optional<Duration> lasting, Map<GatewayKind, Fault> faults) {
        public Entry {
            faults = Map.copyOf(faults);
        }
    }

    /**
     * Installs all faults now, and what gateways do in incidents, which starts the schedule.
     *
     * @throws IllegalStateException when a gateway has too many faults
     */
    public void start(Sandbox sandbox) {
        for (Entry entry : entries) {
            entry.faults().forEach((kind, fault) -> sandbox.gateway(kind).faults().install(fault));
        }
        sandbox.startIncidents(incidents);
    }
}
