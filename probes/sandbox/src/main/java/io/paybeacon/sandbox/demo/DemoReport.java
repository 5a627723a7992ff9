package io.paybeacon.sandbox.demo;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the agent saw, beside what is true.
 *
 * @param gateways in the order in which they are told of
 * @param stoppedEarly whether it was interrupted: then the agent had no time to see everything
 */
record DemoReport(List<GatewaySummary> gateways, boolean stoppedEarly) {
    DemoReport {
        gateways = List.copyOf(gateways);
    }

    /**
     * The summary of everything.
     *
     * @param view what the agent knew at the end
     * @param truths of each gateway, after the agent had stopped
     * @param orphans what the agent's journal said then
     * @param stoppedEarly whether it was interrupted
     */
    static DemoReport of(
            AgentView view, List<GatewayTruth> truths, List<Orphan> orphans, boolean stoppedEarly) {
        return new DemoReport(
                truths.stream().map(truth -> GatewaySummary.of(view, truth, orphans)).toList(),
                stoppedEarly);
    }

    /** Everything that is wrong, in sentences. */
    List<String> problems() {
        return gateways.stream()
                .flatMap(gateway ->
                        Stream.concat(
                                gateway.problems().stream(),
                                stoppedEarly ? Stream.empty() : gateway.gaps().stream()))
                .toList();
    }

    /** Probe runs in which the agent or the machine was at fault. */
    long agentFaults() {
        return gateways.stream().mapToLong(GatewaySummary::agentFaults).sum();
    }

    /** 0 nothing is wrong, 1 something is, 3 the machine was at fault, 4 nothing was tested. */
    int exitCode() {
        if (gateways.stream().mapToLong(GatewaySummary::runs).sum() == 0) {
            return 4;
        }
        if (!problems().isEmpty()) {
            return 1;
        }
        return agentFaults() > 0 ? 3 : 0;
    }
}
