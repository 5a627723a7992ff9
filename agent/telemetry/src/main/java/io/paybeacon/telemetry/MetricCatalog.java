package io.paybeacon.telemetry;

import static io.paybeacon.telemetry.Label.GATEWAY;
import static io.paybeacon.telemetry.Label.PROBE;
import static io.paybeacon.telemetry.Label.listed;
import static io.paybeacon.telemetry.Label.open;

import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every metric of the agent, declared once. Immutable.
 *
 * <p>What stages measure is declared beside {@link Metric}, which gives kind, labels and buckets;
 * name, unit, help and the known label values are here. What the process measures of itself is
 * declared by {@link ProcessMetric}.
 */
public final class MetricCatalog {
    private static final Label OUTCOME =
            listed("outcome", List.of("approved", "declined", "error", "cancelled", "expired"));
    private static final Label RECENT_OUTCOME =
            listed("outcome", List.of("approved", "declined", "error", "abandoned"));

    private final Map<Metric, MetricDeclaration> stages = new EnumMap<>(Metric.class);

    /** The catalogue of this build. */
    public MetricCatalog() {
        declareIntake();
        declarePayments();
        declareMoney();
        declareFindings();
        declareProbes();
    }

    /** The declaration of what a stage measures. */
    public MetricDeclaration of(Metric metric) {
        MetricDeclaration declaration = stages.get(metric);
        if (declaration == null) {
            throw new IllegalStateException(metric + " is not in the catalogue");
        }
        return declaration;
    }

    /** All of them: those of stages in their order, then those of the process. */
    public List<MetricDeclaration> all() {
        List<MetricDeclaration> all = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            all.add(of(metric));
        }
        for (ProcessMetric metric : ProcessMetric.values()) {
            all.add(metric.declaration());
        }
        return List.copyOf(all);
    }

    private void declareIntake() {
        stage(
                Metric.INTAKE_UNUSED,
                "intake.unused",
                "{message}",
                "Messages whose sender is proven and that no feature reads, by reason.",
                GATEWAY,
                listed(
                        "reason",
                        Stream.concat(
                                        labels(SkipReason.values(), SkipReason::label).stream(),
                                        labels(MalformedReason.values(), MalformedReason::label)
                                                .stream())
                                .toList()));
        stage(
                Metric.IDENTITY_PARKED,
                "identity.parked",
                "{reference}",
                "References of the gateway whose facts wait for their payment to become known.",
                GATEWAY);
        stage(
                Metric.ORPHAN_EVENTS,
                "orphan.events",
                "{event}",
                "Events whose payment did not become known within the time they are kept for.",
                GATEWAY);
    }

    private void declarePayments() {
        stage(
                Metric.PAYMENTS,
                "payments",
                "{payment}",
                "Payments that the agent knows, by the status they are in now.",
                GATEWAY,
                listed("status", labels(PaymentStatus.values(), PaymentStatus::label)));
        // The suffix _created is reserved by OpenMetrics, so it is not "payments.created".
        stage(
                Metric.PAYMENTS_CREATED,
                "payments.started",
                "{payment}",
                "Payments that were seen for the first time.",
                GATEWAY);
        stage(
                Metric.PAYMENT_ATTEMPTS,
                "payment.attempts",
                "{attempt}",
                "Attempts to pay that came to an outcome, by the kind of payment method.",
                GATEWAY,
                open("method"),
                OUTCOME);
    }

    private void declareMoney() {
        stage(
                Metric.PAYMENT_CORRECTIONS,
                "payment.corrections",
                "{attempt}",
                "Attempts to pay whose outcome was counted and later turned out to be another.",
                GATEWAY);
        stage(
                Metric.PAYMENT_FACTS_OVER_LIMIT,
                "payment.facts.over_limit",
                "{fact}",
                "Facts that were not kept because their payment had as many as it may hold.",
                GATEWAY);
        stage(
                Metric.PAYMENT_CAPTURED,
                "payment.captured.minor_units",
                "{minor_unit}",
                "Money collected, in minor units of the currency; never to be summed across"
                        + " currencies.",
                GATEWAY,
                open("currency"));
        stage(
                Metric.PAYMENT_REFUNDED,
                "payment.refunded.minor_units",
                "{minor_unit}",
                "Money given back by refunds, in minor units of the currency; never to be summed"
                        + " across currencies.",
                GATEWAY,
                open("currency"));
        stage(
                Metric.PAYMENT_DURATION,
                "payment.duration",
                MetricDeclaration.SECONDS,
                "Time from the first word about a payment to the outcome of an attempt, by the"
                        + " gateway's clock.",
                GATEWAY,
                OUTCOME);
        stage(
                Metric.WEBHOOK_LAG,
                "webhook.lag",
                MetricDeclaration.SECONDS,
                "Time from when something happened by the gateway's clock to when the agent"
                        + " accepted the news by its own.",
                GATEWAY);
        stage(
                Metric.ORDERS_PAID,
                "orders.paid",
                "{order}",
                "Orders one of whose payments collected all that it asks for, by its gateway.",
                GATEWAY);
        stage(
                Metric.GATEWAY_RECENT_ATTEMPTS,
                "gateway.recent_attempts",
                "{attempt}",
                "Attempts to pay within the window over which the health of a gateway is judged.",
                GATEWAY,
                RECENT_OUTCOME);
    }

    private void declareFindings() {
        Label kind = listed("kind", labels(FindingKind.values(), FindingKind::label));
        stage(
                Metric.FINDINGS_OPENED,
                "findings.opened",
                "{finding}",
                "Findings opened.",
                GATEWAY,
                kind);
        stage(
                Metric.FINDINGS_OPEN,
                "findings.open",
                "{finding}",
                "Findings that are open now.",
                GATEWAY,
                kind);
    }

    private void declareProbes() {
        stage(
                Metric.PROBE_RUNS,
                "probe.runs",
                "{run}",
                "Runs of a probe that came to their end, by outcome.",
                GATEWAY,
                PROBE,
                listed("outcome", List.of("passed", "failed", "agent_fault", "budget")));
        stage(
                Metric.PROBE_DURATION,
                "probe.duration",
                MetricDeclaration.SECONDS,
                "Time that the steps of a run took, cleanup excluded, failed runs included.",
                GATEWAY,
                PROBE);
        stage(
                Metric.PROBE_DURATION_FROM_DUE,
                "probe.duration_from_due",
                MetricDeclaration.SECONDS,
                "Time from when a run was due to the end of its steps, so that waiting counts.",
                GATEWAY,
                PROBE);
        Label phase = listed("phase", labels(Phase.values(), Phase::label));
        Label reason = listed("reason", labels(ProbeReason.values(), ProbeReason::label));
        onFirstUse(
                Metric.PROBE_PHASE,
                "probe.phase.duration",
                MetricDeclaration.SECONDS,
                "Time of each phase that an attempt on the wire reached; remainder is what the"
                        + " phases leave of the total.",
                List.of(GATEWAY, PROBE, phase));
        onFirstUse(
                Metric.PROBE_STEP_FAILURES,
                "probe.step.failures",
                "{failure}",
                "Failed steps of a probe, by step and reason.",
                List.of(GATEWAY, PROBE, open("step"), reason));
        stage(
                Metric.PROBE_FAILURES,
                "probe.failures",
                "{run}",
                "Runs of a probe that failed for a reason of the gateway.",
                GATEWAY,
                PROBE);
        stage(
                Metric.PROBE_ATTEMPTS,
                "probe.attempts",
                "{attempt}",
                "Requests that a probe put on the wire, recoveries and cleanup included.",
                GATEWAY,
                PROBE);
        declareProbeSchedule();
    }

    private void declareProbeSchedule() {
        stage(
                Metric.PROBE_SLOTS,
                "probe.slots",
                "{slot}",
                "Due slots of the schedule, each accounted for once.",
                GATEWAY,
                PROBE,
                listed("outcome", labels(SlotOutcome.values(), SlotOutcome::label)));
        stage(
                Metric.PROBE_LAG,
                "probe.lag",
                MetricDeclaration.SECONDS,
                "Time from when a run was due to when it began.",
                GATEWAY,
                PROBE);
        // Zero would say that the probe failed before it ever ran.
        onFirstUse(
                Metric.PROBE_UP,
                "probe.up",
                "{probe}",
                "Whether the last run passed: 1 or 0; absent before the first run.",
                List.of(GATEWAY, PROBE));
        stage(
                Metric.PROBE_ORPHANS,
                "probe.orphans",
                "{run}",
                "Runs whose hold or charge may still be left at the gateway.",
                GATEWAY,
                PROBE);
        onFirstUse(
                Metric.PROBE_LAST_SUCCESS,
                "probe.last_success.timestamp",
                MetricDeclaration.SECONDS,
                "When the last run that passed had started, since 1970-01-01T00:00:00Z; absent"
                        + " before the first.",
                List.of(GATEWAY, PROBE));
        stage(
                Metric.PROBE_WEBHOOK_LAG,
                "probe.webhook.lag",
                MetricDeclaration.SECONDS,
                "Time from when something happened to a probe's own payment, by the gateway's"
                        + " clock, to when its webhook was accepted by the agent's.",
                GATEWAY);
    }

    private void stage(Metric metric, String name, String unit, String help, Label... labels) {
        put(metric, name, unit, help, List.of(labels), true);
    }

    private void onFirstUse(
            Metric metric, String name, String unit, String help, List<Label> labels) {
        put(metric, name, unit, help, labels, false);
    }

    private void put(
            Metric metric,
            String name,
            String unit,
            String help,
            List<Label> labels,
            boolean initialised) {
        MetricDeclaration declaration =
                new MetricDeclaration(
                        "paybeacon." + name,
                        switch (metric.kind()) {
                            case COUNTER -> MetricType.COUNTER;
                            case GAUGE -> MetricType.GAUGE;
                            case HISTOGRAM -> MetricType.HISTOGRAM;
                        },
                        unit,
                        help,
                        labels,
                        initialised,
                        metric.buckets());
        if (!declaration.labelNames().equals(metric.labels())) {
            throw new IllegalStateException(metric + " is declared with other labels");
        }
        stages.put(metric, declaration);
    }

    private static <E> List<String> labels(E[] constants, Function<E, String> label) {
        return Arrays.stream(constants).map(label).toList();
    }
}
