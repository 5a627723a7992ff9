package io.paybeacon.core.order;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.CustomerEvent.OrderMade;
import io.paybeacon.core.event.OrderEvent;
import io.paybeacon.core.event.OrderEvent.OrderCustomerErased;
import io.paybeacon.core.event.OrderEvent.PaymentReported;
import io.paybeacon.core.event.OrderEvent.Placed;
import io.paybeacon.core.event.OrderEvent.Withdrawn;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.judgement.Review;
import io.paybeacon.core.order.Order.Part;
import io.paybeacon.core.order.Order.Placement;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Notification;
import io.paybeacon.core.output.Notification.Audience;
import io.paybeacon.core.output.Notification.Topic;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings together what was ordered and what all payments for the order collected, and says when the
 * two do not agree.
 */
public final class OrderStage implements Stage<Order, OrderEvent> {
    /** How many payments an order keeps; reports on further ones are counted and dropped. */
    static final int PAYMENTS_MAX = 64;

    @Override
    public String name() {
        return "order";
    }

    @Override
    public String key(OrderEvent event) {
        return event.order();
    }

    @Override
    public Codec<Order> codec() {
        return OrderCodec.INSTANCE;
    }

    @Override
    public Effect<Order> apply(@Nullable Order state, OrderEvent event, Context context) {
        Order before = state != null ? state : Order.unknown(event.order(), context.now());
        List<Output> outputs = new ArrayList<>();
        Order after =
                switch (event) {
                    case PaymentReported reported -> report(before, reported, outputs);
                    case Placed placed -> place(before, placed, outputs);
                    case Withdrawn withdrawn ->
                            before.withWithdrawn(
                                    Stamped.later(
                                            before.withdrawn(),
                                            Stamped.of(
                                                    withdrawn.origin().occurredAt(),
                                                    withdrawn.origin())));
                    case OrderCustomerErased _ -> before.erase();
                };
        if (state == null && event instanceof OrderCustomerErased) {
            return Effect.forget(List.of());
        }
        if (state == null || !after.equals(before)) {
            after = after.changedAt(context.now());
        }
        return reviewed(after, outputs, event.origin().occurredAt(), context);
    }

    @Override
    public Effect<Order> onDeadline(String key, Order state, Context context) {
        if (!context.now().isBefore(keptUntil(state, context))) {
            List<Output> outputs = new ArrayList<>();
            for (Finding finding : state.findings()) {
                outputs.addAll(Review.end(finding, context.now(), Resolution.RESOLVED));
            }
            return Effect.forget(outputs);
        }
        return reviewed(state, new ArrayList<>(), state.changedAt(), context);
    }

    private static Effect<Order> reviewed(
            Order order, List<Output> outputs, Instant newsFrom, Context context) {
        Review review =
                Review.of(
                        order.findings(),
                        OrderRules.judge(order, context.reference()),
                        context.now(),
                        order.changedAt().plus(context.reference().settle()),
                        newsFrom);
        outputs.addAll(review.outputs());
        review.opened().forEach(finding -> notices(order, finding, outputs));
        Instant kept = keptUntil(order, context);
        Instant next = review.next();
        return new Effect<>(
                review.open().equals(order.findings()) ? order : order.withFindings(review.open()),
                outputs,
                next == null || kept.isBefore(next) ? kept : next);
    }

    private static Instant keptUntil(Order order, Context context) {
        return order.changedAt().plus(context.reference().keptFor());
    }

    private static Order place(Order before, Placed event, List<Output> outputs) {
        String customer = before.erased() ? "" : event.customer();
        Placement told = new Placement(customer, event.total(), event.lines());
        Order after =
                before.withPlaced(Stamped.later(before.placed(), Stamped.of(told, event.origin())));
        if (!customer.isEmpty() && !customer.equals(customer(before))) {
            outputs.add(new Forward(new OrderMade(event.origin(), customer, event.order())));
        }
        return after;
    }

    private static String customer(Order order) {
        Stamped<Placement> placed = order.placed();
        return placed == null ? "" : placed.value().customer();
    }

    private static Order report(Order before, PaymentReported event, List<Output> outputs) {
        String gateway = event.payment().gateway();
        Part told =
                new Part(
                        event.payment(),
                        event.requested(),
                        event.authorised(),
                        event.captured(),
                        event.undone(),
                        event.refunded(),
                        event.refundsFailed());
        List<Part> parts = new ArrayList<>(before.payments());
        int at = indexOf(parts, told);
        if (at >= 0) {
            parts.set(at, parts.get(at).join(told));
        } else if (parts.size() < PAYMENTS_MAX) {
            parts.add(told);
            parts.sort(Comparator.comparing(part -> part.payment().key()));
        } else {
            Series series = Series.of(Metric.PAYMENT_FACTS_OVER_LIMIT, gateway);
            outputs.add(new Count(series, 1));
            return before;
        }
        Order after = before.withPayments(parts);
        if (after.paid() && !before.paid()) {
            outputs.add(new Count(Series.of(Metric.ORDERS_PAID, gateway), 1));
        }
        return after;
    }

    private static int indexOf(List<Part> parts, Part told) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).payment().equals(told.payment())) {
                return i;
            }
        }
        return -1;
    }

    /** Tells of a duplicate both support and, when known, who paid it. */
    private static void notices(Order order, Finding finding, List<Output> outputs) {
        if (finding.kind() != FindingKind.DUPLICATE_CHARGE
                && finding.kind() != FindingKind.PAID_TWICE) {
            return;
        }
        notify(order, finding, Audience.SUPPORT, "payments", outputs);
        String customer = customer(order);
        if (!customer.isEmpty()) {
            notify(order, finding, Audience.CUSTOMER, customer, outputs);
        }
    }

    private static void notify(
            Order order,
            Finding finding,
            Audience audience,
            String recipient,
            List<Output> outputs) {
        outputs.add(
                new Notify(
                        new Notification(
                                finding.id() + "|" + audience.label(),
                                audience,
                                recipient,
                                Topic.PAYMENT_DUPLICATE,
                                Map.of(
                                        "cause", finding.kind().label(),
                                        "order", order.reference()))));
    }
}
