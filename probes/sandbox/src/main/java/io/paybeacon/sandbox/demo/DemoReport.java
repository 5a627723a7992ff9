package io.paybeacon.sandbox.demo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the agent saw, beside what is true.
 *
 * @param gateways in the order in which they are told of
 * @param marks of the findings about payments and orders
 * @param lookedUp one payment, asked for as support would; empty when there was none
 * @param stoppedEarly whether it was interrupted: then the agent had no time to see everything
 */
record DemoReport(
        List<GatewaySummary> gateways,
        FindingMarks marks,
        Optional<LookedUp> lookedUp,
        boolean stoppedEarly) {
    DemoReport {
        gateways = List.copyOf(gateways);
    }

    /**
     * The summary of everything.
     *
     * @param view what the agent knew at the end
     * @param truths of each gateway, after the agent had stopped
     * @param orphans what the agent's journal said then
     * @param lookedUp the payment that was asked for
     * @param ordersTold whether the agent was told of the platform's orders
     * @param stoppedEarly whether it was interrupted
     */
    static DemoReport of(
            AgentView view,
            List<GatewayTruth> truths,
            List<Orphan> orphans,
            Optional<LookedUp> lookedUp,
            boolean ordersTold,
            boolean stoppedEarly) {
        return new DemoReport(
                truths.stream().map(truth -> GatewaySummary.of(view, truth, orphans)).toList(),
                FindingMarks.of(view.findings(), truths, ordersTold),
                lookedUp,
                stoppedEarly);
    }

    /** Everything that is wrong, in sentences. */
    List<String> problems() {
        Stream<String> ofGateways =
                gateways.stream()
                        .flatMap(gateway ->
                                Stream.concat(
                                        gateway.problems().stream(),
                                        stoppedEarly ? Stream.empty() : gateway.gaps().stream()));
        Stream<String> ofFindings =
                Stream.concat(
                        marks.problems().stream(),
                        stoppedEarly ? Stream.empty() : marks.gaps().stream());
        return Stream.concat(ofGateways, ofFindings).toList();
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
