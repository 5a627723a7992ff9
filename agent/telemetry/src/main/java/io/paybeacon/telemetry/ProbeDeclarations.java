package io.paybeacon.telemetry;

import static io.paybeacon.telemetry.Label.GATEWAY;
import static io.paybeacon.telemetry.Label.PROBE;
import static io.paybeacon.telemetry.Label.SOURCE;
import static io.paybeacon.telemetry.Label.listed;
import static io.paybeacon.telemetry.Label.open;

import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.core.output.Metric;
import java.util.List;
import java.util.stream.Stream;

/** The declarations of what probes and sources measure. */
final class ProbeDeclarations {
    /** The phases of every attempt over a new connection with TLS; others are on first use. */
    private static final List<String> USUAL_PHASES =
            Stream.of(
                            Phase.RESOLVE,
                            Phase.CONNECT,
                            Phase.TLS,
                            Phase.WRITE,
                            Phase.SERVER,
                            Phase.TRANSFER,
                            Phase.REMAINDER)
                    .map(Phase::label)
                    .toList();

    private final Declarations stages;

    private ProbeDeclarations(Declarations stages) {
        this.stages = stages;
    }

    static void declareTo(Declarations stages) {
        ProbeDeclarations probes = new ProbeDeclarations(stages);
        probes.declareProbes();
        probes.declareConfirmations();
        probes.declareProbeSchedule();
        probes.declareSources();
    }

    private void declareProbes() {
        stages.declare(
                Metric.PROBE_RUNS,
                "probe.runs",
                "{run}",
                "Runs of a probe that came to their end, by outcome.",
                GATEWAY,
                PROBE,
                listed("outcome", List.of("passed", "failed", "agent_fault", "budget")));
        stages.declare(
                Metric.PROBE_DURATION,
                "probe.duration",
                MetricDeclaration.SECONDS,
                "Time that the steps of a run took at the gateway, failed runs included; without"
                        + " cleanup, the wait for the gateway's pace, tokens and replay checks.",
                GATEWAY,
                PROBE);
        stages.declare(
                Metric.PROBE_DURATION_FROM_DUE,
                "probe.duration_from_due",
                MetricDeclaration.SECONDS,
                "Time from when a run was due to the end of its steps, so that waiting counts.",
                GATEWAY,
                PROBE);
        stages.declare(
                Metric.PROBE_PHASE,
                "probe.phase.duration",
                MetricDeclaration.SECONDS,
                "Time of each phase that an attempt on the wire reached; remainder is what the"
                        + " phases leave of the total.",
                GATEWAY,
                PROBE,
                listed("phase", Declarations.labels(Phase.values(), Phase::label), USUAL_PHASES),
                listed(
                        "connection",
                        Declarations.labels(Connection.values(), Connection::label),
                        List.of(Connection.COLD.label())));
        Label reason =
                listed("reason", Declarations.labels(ProbeReason.values(), ProbeReason::label));
        stages.onFirstUse(
                Metric.PROBE_STEP_FAILURES,
                "probe.step.failures",
                "{failure}",
                "Failed steps of a probe, by step and reason.",
                List.of(GATEWAY, PROBE, open("step"), reason));
        stages.declare(
                Metric.PROBE_FAILURES,
                "probe.failures",
                "{run}",
                "Runs of a probe that failed for a reason of the gateway.",
                GATEWAY,
                PROBE);
        stages.declare(
                Metric.PROBE_ATTEMPTS,
                "probe.attempts",
                "{attempt}",
                "Requests that a probe put on the wire, recoveries and cleanup included.",
                GATEWAY,
                PROBE);
    }

    private void declareConfirmations() {
        stages.declare(
                Metric.PROBE_CONFIRMATIONS,
                "probe.confirmations",
                "{run}",
                "Failed runs that were repeated at once over a new connection, by whether that"
                        + " failed too.",
                GATEWAY,
                PROBE,
                listed("outcome", List.of("confirmed", "not_confirmed")));
        stages.declare(
                Metric.PROBE_CONFIRMED_DOWN,
                "probe.confirmed_down",
                "{probe}",
                "Whether the last failure was confirmed and no run has passed since: 1 or 0.",
                GATEWAY,
                PROBE);
    }

    private void declareProbeSchedule() {
        stages.declare(
                Metric.PROBE_SLOTS,
                "probe.slots",
                "{slot}",
                "Due slots of the schedule, each accounted for once.",
                GATEWAY,
                PROBE,
                listed("outcome", Declarations.labels(SlotOutcome.values(), SlotOutcome::label)));
        stages.declare(
                Metric.PROBE_LAG,
                "probe.lag",
                MetricDeclaration.SECONDS,
                "Time from when a run was due to when it began.",
                GATEWAY,
                PROBE);
        // Zero would say that the probe failed before it ever ran.
        stages.onFirstUse(
                Metric.PROBE_UP,
                "probe.up",
                "{probe}",
                "Whether the last run passed: 1 or 0; absent before the first run.",
                List.of(GATEWAY, PROBE));
        stages.declare(
                Metric.PROBE_ORPHANS,
                "probe.orphans",
                "{run}",
                "Runs whose hold or charge may still be left at the gateway.",
                GATEWAY,
                PROBE);
        stages.onFirstUse(
                Metric.PROBE_LAST_SUCCESS,
                "probe.last_success.timestamp",
                MetricDeclaration.SECONDS,
                "When the last run that passed had started, since 1970-01-01T00:00:00Z; absent"
                        + " before the first.",
                List.of(GATEWAY, PROBE));
        stages.declare(
                Metric.PROBE_WEBHOOK_LAG,
                "probe.webhook.lag",
                MetricDeclaration.SECONDS,
                "Time from when something happened to a probe's own payment, by the gateway's"
                        + " clock, to when its webhook was accepted by the agent's.",
                GATEWAY);
    }

    // None of them is there before its source has said a first word.
    private void declareSources() {
        stages.onFirstUse(
                Metric.SOURCE_LATENCY,
                "source.latency",
                MetricDeclaration.SECONDS,
                "What the source says the gateway takes to answer.",
                List.of(GATEWAY, SOURCE));
        stages.onFirstUse(
                Metric.SOURCE_ERROR_RATIO,
                "source.error",
                MetricDeclaration.RATIO,
                "What share of requests the source says the gateway fails at.",
                List.of(GATEWAY, SOURCE));
        stages.onFirstUse(
                Metric.SOURCE_STATUS,
                "source.status",
                "{status}",
                "What the gateway says of itself: 0 operational, 1 maintenance, 2 degraded, 3"
                        + " partial outage, 4 major outage.",
                List.of(GATEWAY, SOURCE));
        stages.onFirstUse(
                Metric.SOURCE_UP,
                "source.up",
                "{source}",
                "Whether the source answered all that it was asked when it was asked last: 1 or"
                        + " 0.",
                List.of(GATEWAY, SOURCE));
        stages.onFirstUse(
                Metric.SOURCE_LAST_SUCCESS,
                "source.last_success.timestamp",
                MetricDeclaration.SECONDS,
                "When the source last answered, since 1970-01-01T00:00:00Z.",
                List.of(GATEWAY, SOURCE));
        stages.onFirstUse(
                Metric.SOURCE_FAILURES,
                "source.failures",
                "{failure}",
                "Times that a source gave nothing that can be used, by reason.",
                List.of(
                        GATEWAY,
                        SOURCE,
                        listed(
                                "reason",
                                Declarations.labels(SourceReason.values(), SourceReason::label))));
    }
}
