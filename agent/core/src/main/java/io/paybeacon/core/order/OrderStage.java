package io.paybeacon.core.order;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.OrderEvent;
import io.paybeacon.core.event.OrderEvent.PaymentReported;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.order.Order.Part;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings together what all payments for an order collected. */
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
        Order before = state != null ? state : new Order(event.order(), List.of());
        return switch (event) {
            case PaymentReported reported -> report(before, reported);
            case OrderEvent.Placed _, OrderEvent.Withdrawn _, OrderEvent.OrderCustomerErased _ ->
                    Effect.hold(before, List.of());
        };
    }

    @Override
    public Effect<Order> onDeadline(String key, Order state, Context context) {
        return Effect.hold(state, List.of());
    }

    private static Effect<Order> report(Order before, PaymentReported event) {
        String gateway = event.payment().gateway();
        Part told =
                new Part(
                        event.payment(),
                        event.requested(),
                        event.authorised(),
                        event.captured(),
                        event.undone());
        List<Part> parts = new ArrayList<>(before.payments());
        int at = parts.stream().map(Part::payment).toList().indexOf(event.payment());
        if (at >= 0) {
            parts.set(at, parts.get(at).join(told));
        } else if (parts.size() < PAYMENTS_MAX) {
            parts.add(told);
            parts.sort(Comparator.comparing(part -> part.payment().key()));
        } else {
            Series series = Series.of(Metric.PAYMENT_FACTS_OVER_LIMIT, gateway);
            return Effect.hold(before, List.of(new Count(series, 1)));
        }
        Order after = new Order(before.reference(), parts);
        List<Output> outputs = new ArrayList<>();
        if (after.paid() && !before.paid()) {
            outputs.add(new Count(Series.of(Metric.ORDERS_PAID, gateway), 1));
        }
        return Effect.hold(after, outputs);
    }

    /** Layout 1: reference, parts. */
    private enum OrderCodec implements Codec<Order> {
        INSTANCE;

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Order value, ByteWriter out) {
            out.text(value.reference());
            out.list(
                    value.payments(),
                    (w, part) -> {
                        part.payment().write(w);
                        w.optional(
                                part.requested(),
                                (v, stamped) -> Stamped.write(v, stamped, ByteWriter::money));
                        w.amounts(part.authorised());
                        w.amounts(part.captured());
                        w.amounts(part.undone());
                    });
        }

        @Override
        public Order read(int version, ByteReader in) {
            return new Order(
                    in.text(),
                    in.list(r ->
                            new Part(
                                    PaymentId.read(r),
                                    r.optional(v -> Stamped.read(v, ByteReader::money)),
                                    r.amounts(),
                                    r.amounts(),
                                    r.amounts())));
        }
    }
}
