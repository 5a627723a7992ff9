package io.paybeacon.core.customer;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.CustomerEvent;
import io.paybeacon.core.event.CustomerEvent.ErasureRequested;
import io.paybeacon.core.event.CustomerEvent.OrderMade;
import io.paybeacon.core.event.CustomerEvent.PaymentMade;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows the payments and orders of each customer for as long as they are kept. */
public final class CustomerStage implements Stage<Customer, CustomerEvent> {
    /** How many payments, and how many orders, a customer keeps; further ones are counted. */
    public static final int PARTS_MAX = 10_000;

    /** As long as payments are kept. */
    private static final Duration KEPT_FOR = Duration.ofDays(540);

    @Override
    public String name() {
        return "customer";
    }

    @Override
    public String key(CustomerEvent event) {
        return event.customer();
    }

    @Override
    public Effect<Customer> apply(@Nullable Customer state, CustomerEvent event, Context context) {
        Customer before = state == null ? new Customer(List.of(), List.of()) : state;
        List<Output> outputs = new ArrayList<>();
        String gateway = event.origin().gateway();
        Customer after =
                switch (event) {
                    case PaymentMade made ->
                            new Customer(
                                    with(
                                            before.payments(),
                                            made.payment(),
                                            Comparator.comparing(PaymentId::key),
                                            gateway,
                                            outputs),
                                    before.orders());
                    case OrderMade made ->
                            new Customer(
                                    before.payments(),
                                    with(
                                            before.orders(),
                                            made.order(),
                                            Comparator.naturalOrder(),
                                            gateway,
                                            outputs));
                    case ErasureRequested _ -> null;
                };
        if (after == null) {
            return Effect.forget(List.of());
        }
        return new Effect<>(after, outputs, context.now().plus(KEPT_FOR));
    }

    private static <T> List<T> with(
            List<T> known, T one, Comparator<T> order, String gateway, List<Output> outputs) {
        int at = Collections.binarySearch(known, one, order);
        if (at >= 0) {
            return known;
        }
        if (known.size() >= PARTS_MAX) {
            outputs.add(new Count(Series.of(Metric.PAYMENT_FACTS_OVER_LIMIT, gateway), 1));
            return known;
        }
        List<T> grown = new ArrayList<>(known);
        grown.add(-at - 1, one);
        return grown;
    }

    @Override
    public Effect<Customer> onDeadline(String key, Customer state, Context context) {
        return Effect.forget(List.of());
    }

    @Override
    public Codec<Customer> codec() {
        return CustomerCodec.INSTANCE;
    }

    /** Layout 1: payments, orders. */
    private enum CustomerCodec implements Codec<Customer> {
        INSTANCE;

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Customer value, ByteWriter out) {
            out.list(value.payments(), (writer, payment) -> payment.write(writer));
            out.list(value.orders(), ByteWriter::text);
        }

        @Override
        public Customer read(int version, ByteReader in) {
            return new Customer(in.list(PaymentId::read), in.list(ByteReader::text));
        }
    }
}
