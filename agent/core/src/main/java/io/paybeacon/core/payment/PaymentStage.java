package io.paybeacon.core.payment;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.event.PaymentEvent.CustomerErased;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.judgement.Review;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows each payment: joins what the gateway says, counts what is new, reports it to order,
 * customer and gateway, says what is wrong with it, and forgets it when nobody can dispute it any
 * more.
 */
public final class PaymentStage implements Stage<Payment, PaymentEvent> {
    /** The event by which a payment that is forgotten leaves its gateway's cell. */
    private static final String FORGOTTEN = "forgotten";

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
            case CustomerErased erased -> erase(state, erased, context);
        };
    }

    @Override
    public Effect<Payment> onDeadline(String key, Payment state, Context context) {
        if (!context.now().isBefore(keptUntil(state, context))) {
            return forget(state, context);
        }
        return reviewed(state, new ArrayList<>(), state.changedAt(), context);
    }

    private static Effect<Payment> observe(
            @Nullable Payment state, Observed event, Context context) {
        // What is told of a payment counts for its own gateway, whoever told it.
        Origin told = event.origin();
        String gateway = event.payment().gateway();
        Origin origin = new Origin(gateway, told.eventId(), told.occurredAt());
        Payment before =
                state != null
                        ? state
                        : Payment.unknown(event.payment(), origin.occurredAt(), context.now());
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
            after = after.changedAt(context.now());
            Series series = Series.of(Metric.WEBHOOK_LAG, gateway);
            Duration lag = Duration.between(origin.occurredAt(), context.now());
            outputs.add(Observation.of(series, lag, ""));
            PaymentNews.money(before, after, outputs);
            AttemptCounts counted = AttemptCounts.of(before, after);
            outputs.addAll(counted.outputs());
            PaymentNews.report(before, after, origin, outputs);
            PaymentNews.customer(before, after, origin, outputs);
            PaymentNews.cell(state, after, counted.outcomes(), context, origin, outputs);
            PaymentNotices.declined(before, after, origin, context, outputs);
        }
        return reviewed(after, outputs, origin.occurredAt(), context);
    }

    /** The payment judged anew, and when it is to be judged again. */
    private static Effect<Payment> reviewed(
            Payment payment, List<Output> outputs, Instant newsFrom, Context context) {
        Review review =
                Review.of(
                        payment.findings(),
                        PaymentRules.judge(payment, context.reference()),
                        context.now(),
                        payment.changedAt().plus(context.reference().settle()),
                        newsFrom);
        outputs.addAll(review.outputs());
        for (Finding finding : review.opened()) {
            PaymentNotices.opened(payment, finding, outputs);
        }
        Instant kept = keptUntil(payment, context);
        Instant next = review.next();
        return new Effect<>(
                review.open().equals(payment.findings())
                        ? payment
                        : payment.withFindings(review.open()),
                outputs,
                next == null || kept.isBefore(next) ? kept : next);
    }

    private static Instant keptUntil(Payment payment, Context context) {
        return payment.changedAt().plus(context.reference().keptFor());
    }

    private static Effect<Payment> forget(Payment payment, Context context) {
        List<Output> outputs = new ArrayList<>();
        for (Finding finding : payment.findings()) {
            outputs.addAll(Review.end(finding, context.now(), Resolution.RESOLVED));
        }
        Origin origin = new Origin(payment.id().gateway(), FORGOTTEN, context.now());
        outputs.add(new Forward(new CellDelta(origin, Map.of(payment.status(), -1L), Map.of())));
        return Effect.forget(outputs);
    }

    private static Effect<Payment> erase(
            @Nullable Payment state, CustomerErased event, Context context) {
        if (state == null) {
            return Effect.forget(List.of());
        }
        return reviewed(state.erase(), new ArrayList<>(), event.origin().occurredAt(), context);
    }
}
