package io.paybeacon.core.payment;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.OrderEvent.PaymentReported;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Change;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.payment.Payment.Refund;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows each payment: joins what the gateway says, counts what is new, reports it to order and
 * gateway, and says when a payment is stuck.
 */
public final class PaymentStage implements Stage<Payment, PaymentEvent> {
    @Override
    public String name() {
        return "payment";
    }

    @Override
    public String key(PaymentEvent event) {
        return event.payment().key();
    }

    @Override
    public Codec<Payment> codec() {
        return PaymentCodec.INSTANCE;
    }

    @Override
    public Effect<Payment> apply(@Nullable Payment state, PaymentEvent event, Context context) {
        return switch (event) {
            case Observed observed -> observe(state, observed, context);
            case PaymentEvent.CustomerErased _ ->
                    state == null ? Effect.forget(List.of()) : Effect.hold(state, List.of());
        };
    }

    @Override
    public Effect<Payment> onDeadline(String key, Payment state, Context context) {
        Instant due = StuckRule.dueAt(state, context.reference());
        if (due == null || state.stuck() != null) {
            return Effect.hold(state, List.of());
        }
        if (due.isAfter(context.now())) {
            return new Effect<>(state, List.of(), due);
        }
        Finding finding = StuckRule.finding(state, context.now());
        return Effect.hold(
                state.withStuck(finding),
                List.of(
                        new FindingOpened(finding),
                        new Count(findings(Metric.FINDINGS_OPENED, finding), 1),
                        new Change(findings(Metric.FINDINGS_OPEN, finding), 1)));
    }

    private static Effect<Payment> observe(
            @Nullable Payment state, Observed event, Context context) {
        // What is told of a payment counts for its own gateway, whoever told it.
        Origin told = event.origin();
        String gateway = event.payment().gateway();
        Origin origin = new Origin(gateway, told.eventId(), told.occurredAt());
        Payment before =
                state != null ? state : Payment.unknown(event.payment(), origin.occurredAt());
        PaymentJoin.Joined joined = PaymentJoin.join(before, event);
        Payment after = joined.payment();
        List<Output> outputs = new ArrayList<>();
        if (joined.droppedFacts() > 0) {
            Series series = Series.of(Metric.PAYMENT_FACTS_OVER_LIMIT, gateway);
            outputs.add(new Count(series, joined.droppedFacts()));
        }
        if (state == null) {
            outputs.add(new Count(Series.of(Metric.PAYMENTS_CREATED, gateway), 1));
        }
        if (state == null || !after.equals(before)) {
            Series series = Series.of(Metric.WEBHOOK_LAG, gateway);
            Duration lag = Duration.between(origin.occurredAt(), context.now());
            outputs.add(Observation.of(series, lag, ""));
            money(before, after, outputs);
            AttemptCounts counted = AttemptCounts.of(before, after);
            outputs.addAll(counted.outputs());
            report(before, after, origin, outputs);
            cell(state, after, counted.outcomes(), context, origin, outputs);
        }
        after = after.withStuck(review(after, context, outputs));
        return new Effect<>(after, outputs, deadline(after, context));
    }

    /** What becomes of the finding that is open, if there is one. */
    private static @Nullable Finding review(
            Payment payment, Context context, List<Output> outputs) {
        Finding open = payment.stuck();
        if (open == null) {
            return null;
        }
        if (!open.id().equals(StuckRule.id(payment))) {
            outputs.add(
                    new FindingResolved(
                            open.id(), context.now(), StuckRule.resolution(open, payment)));
            outputs.add(new Change(findings(Metric.FINDINGS_OPEN, open), -1));
            return null;
        }
        Finding updated = StuckRule.finding(payment, open.openedAt());
        if (!updated.equals(open)) {
            outputs.add(new FindingUpdated(updated));
        }
        return updated;
    }

    private static @Nullable Instant deadline(Payment payment, Context context) {
        Instant due = StuckRule.dueAt(payment, context.reference());
        if (due == null || payment.stuck() != null) {
            return null;
        }
        Instant settled = context.now().plus(context.reference().settle());
        return due.isAfter(settled) ? due : settled;
    }

    /** What was newly collected and newly given back, each currency by itself. */
    private static void money(Payment before, Payment after, List<Output> outputs) {
        String gateway = after.id().gateway();
        Amounts captured = after.capturedAmounts().minus(before.capturedAmounts());
        grown(Metric.PAYMENT_CAPTURED, gateway, captured, outputs);
        // Each refund by itself: one that failed after it had succeeded takes nothing away from the
        // counter, nor from what another gives back.
        for (Refund refund : after.refunds()) {
            Amounts returned = refund.returned().minus(before.returned(refund.id()));
            grown(Metric.PAYMENT_REFUNDED, gateway, returned, outputs);
        }
    }

    private static void grown(Metric metric, String gateway, Amounts by, List<Output> outputs) {
        for (Money money : by.entries()) {
            if (money.minorUnits() > 0) {
                Series series = Series.of(metric, gateway, money.currencyCode());
                outputs.add(new Count(series, money.minorUnits()));
            }
        }
    }

    private static void report(Payment before, Payment after, Origin origin, List<Output> outputs) {
        PaymentReported report = reportOf(after, origin);
        if (report != null && !report.equals(reportOf(before, origin))) {
            outputs.add(new Forward(report));
        }
    }

    private static @Nullable PaymentReported reportOf(Payment payment, Origin origin) {
        String order = payment.property(Property.MERCHANT_REFERENCE);
        if (order == null) {
            return null;
        }
        return new PaymentReported(
                origin,
                order,
                payment.id(),
                payment.requested(),
                payment.authorisedAmounts(),
                payment.capturedAmounts(),
                payment.undoneAmounts(),
                Amounts.NONE,
                Amounts.NONE);
    }

    private static void cell(
            @Nullable Payment before,
            Payment after,
            Outcomes outcomes,
            Context context,
            Origin origin,
            List<Output> outputs) {
        Map<PaymentStatus, Long> moved = new EnumMap<>(PaymentStatus.class);
        if (before == null || before.status() != after.status()) {
            if (before != null) {
                moved.put(before.status(), -1L);
            }
            moved.put(after.status(), 1L);
        }
        if (moved.isEmpty() && outcomes.total() == 0) {
            return;
        }
        Instant minute = context.now().truncatedTo(ChronoUnit.MINUTES);
        outputs.add(
                new Forward(
                        new CellDelta(
                                origin,
                                moved,
                                outcomes.total() == 0 ? Map.of() : Map.of(minute, outcomes))));
    }

    private static Series findings(Metric metric, Finding finding) {
        return Series.of(metric, finding.gateway(), finding.kind().label());
    }
}
