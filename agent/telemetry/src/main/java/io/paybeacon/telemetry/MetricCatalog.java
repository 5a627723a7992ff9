package io.paybeacon.telemetry;

import static io.paybeacon.telemetry.Label.GATEWAY;
import static io.paybeacon.telemetry.Label.listed;
import static io.paybeacon.telemetry.Label.open;

import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every metric of the agent, declared once. Immutable.
 *
 * <p>What stages measure is declared beside {@link Metric}, which gives kind, labels and buckets;
 * name, unit, help and the known label values are here. What the process measures of itself is
 * declared by {@link ProcessMetric}.
 */
public final class MetricCatalog {
    private static final Label ANSWER = listed("outcome", List.of("approved", "declined", "error"));
    private static final Label OUTCOME =
            listed("outcome", List.of("approved", "declined", "error", "cancelled", "expired"));
    private static final Label RECENT_OUTCOME =
            listed("outcome", List.of("approved", "declined", "error", "abandoned"));

    private final Declarations stages = new Declarations();

    /** The catalogue of this build. */
    public MetricCatalog() {
        declareIntake();
        declareRegisters();
        declarePayments();
        declareMoney();
        declareFindings();
        ProbeDeclarations.declareTo(stages);
    }

    /** The declaration of what a stage measures. */
    public MetricDeclaration of(Metric metric) {
        return stages.of(metric);
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
        stages.declare(
                Metric.INTAKE_UNUSED,
                "intake.unused",
                "{message}",
                "Messages whose sender is proven and that no feature reads, by reason.",
                GATEWAY,
                listed(
                        "reason",
                        Stream.concat(
                                        Declarations.labels(SkipReason.values(), SkipReason::label)
                                                .stream(),
                                        Declarations.labels(
                                                MalformedReason.values(), MalformedReason::label)
                                                .stream())
                                .toList()));
        stages.declare(
                Metric.IDENTITY_PARKED,
                "identity.parked",
                "{reference}",
                "References of the gateway whose facts wait for their payment to become known.",
                GATEWAY);
        stages.declare(
                Metric.ORPHAN_EVENTS,
                "orphan.events",
                "{event}",
                "Events whose payment did not become known within the time they are kept for.",
                GATEWAY);
    }

    private void declareRegisters() {
        stages.declare(
                Metric.REGISTERED_EVENTS,
                "registered.events",
                "{event}",
                "Events about disputes, transfers, payouts, fees, settlement, books and feedback,"
                        + " each counted once.",
                GATEWAY,
                open("type"));
        stages.declare(
                Metric.FINDING_ACTS_OVER_LIMIT,
                "finding.acts.over.limit",
                "{act}",
                "What people did to a finding that already keeps as much as it may.",
                GATEWAY);
    }

    private void declarePayments() {
        stages.declare(
                Metric.PAYMENTS,
                "payments",
                "{payment}",
                "Payments that the agent knows, by the status they are in now.",
                GATEWAY,
                listed(
                        "status",
                        Declarations.labels(PaymentStatus.values(), PaymentStatus::label)));
        // The suffix _created is reserved by OpenMetrics, so it is not "payments.created".
        stages.declare(
                Metric.PAYMENTS_CREATED,
                "payments.started",
                "{payment}",
                "Payments that were seen for the first time.",
                GATEWAY);
        stages.declare(
                Metric.PAYMENT_ATTEMPTS,
                "payment.attempts",
                "{attempt}",
                "Attempts to pay that came to an outcome, by the kind of payment method.",
                GATEWAY,
                open("method"),
                OUTCOME);
    }

    private void declareMoney() {
        stages.declare(
                Metric.PAYMENT_CORRECTIONS,
                "payment.corrections",
                "{attempt}",
                "Attempts to pay whose outcome was counted and later turned out to be another.",
                GATEWAY);
        stages.declare(
                Metric.PAYMENT_FACTS_OVER_LIMIT,
                "payment.facts.over_limit",
                "{fact}",
                "Facts that were not kept because their payment had as many as it may hold.",
                GATEWAY);
        stages.declare(
                Metric.PAYMENT_CAPTURED,
                "payment.captured.minor_units",
                "{minor_unit}",
                "Money collected, in minor units of the currency; never to be summed across"
                        + " currencies.",
                GATEWAY,
                open("currency"));
        stages.declare(
                Metric.PAYMENT_REFUNDED,
                "payment.refunded.minor_units",
                "{minor_unit}",
                "Money given back by refunds, in minor units of the currency; never to be summed"
                        + " across currencies.",
                GATEWAY,
                open("currency"));
        stages.declare(
                Metric.PAYMENT_DURATION,
                "payment.duration",
                MetricDeclaration.SECONDS,
                "Time from the first word about a payment to the answer of an attempt, by the"
                        + " gateway's clock.",
                GATEWAY,
                ANSWER);
        stages.declare(
                Metric.WEBHOOK_LAG,
                "webhook.lag",
                MetricDeclaration.SECONDS,
                "Time from when something happened by the gateway's clock to when the agent"
                        + " accepted the news by its own.",
                GATEWAY);
        stages.declare(
                Metric.ORDERS_PAID,
                "orders.paid",
                "{order}",
                "Orders one of whose payments collected all that it asks for, by its gateway.",
                GATEWAY);
        stages.declare(
                Metric.GATEWAY_RECENT_ATTEMPTS,
                "gateway.recent_attempts",
                "{attempt}",
                "Attempts to pay within the window over which the health of a gateway is judged.",
                GATEWAY,
                RECENT_OUTCOME);
    }

    private void declareFindings() {
        Label kind = listed("kind", Declarations.labels(FindingKind.values(), FindingKind::label));
        stages.declare(
                Metric.FINDINGS_OPENED,
                "findings.opened",
                "{finding}",
                "Findings opened.",
                GATEWAY,
                kind);
        stages.declare(
                Metric.FINDINGS_OPEN,
                "findings.open",
                "{finding}",
                "Findings that are open now.",
                GATEWAY,
                kind);
    }
}
