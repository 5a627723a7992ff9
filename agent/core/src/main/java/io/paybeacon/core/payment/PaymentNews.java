package io.paybeacon.core.payment;

import io.paybeacon.core.event.CustomerEvent.PaymentMade;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.OrderEvent.PaymentReported;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.payment.Payment.Refund;
import io.paybeacon.core.stage.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a change of a payment means to counters, its order, its customer and its gateway. */
final class PaymentNews {
    private PaymentNews() {}

    /** What was newly collected and newly given back, each currency by itself. */
    static void money(Payment before, Payment after, List<Output> outputs) {
        String gateway = after.id().gateway();
        Amounts captured = after.capturedAmounts().minus(before.capturedAmounts());
        grown(Metric.PAYMENT_CAPTURED, gateway, captured, outputs);
        // Each refund by itself: one that failed after it had succeeded takes nothing away from the
        // counter, nor from what another gives back.
        for (Refund refund : after.refunds()) {
            Amounts returned = refund.returned().minus(before.returned(refund));
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

    /** Tells the order, once it is known, where the payment stands. */
    static void report(Payment before, Payment after, Origin origin, List<Output> outputs) {
        PaymentReported report = reportOf(after, origin);
        if (report != null && !report.equals(reportOf(before, origin))) {
            outputs.add(new Forward(report));
        }
    }

    /** Tells the customer, once known, that the payment is the customer's. */
    static void customer(Payment before, Payment after, Origin origin, List<Output> outputs) {
        String customer = after.property(Property.CUSTOMER);
        if (customer != null && !customer.equals(before.property(Property.CUSTOMER))) {
            outputs.add(new Forward(new PaymentMade(origin, customer, after.id())));
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
                payment.everRefundedAmounts(),
                payment.failedRefundAmounts());
    }

    /** What the gateway's cell is to be changed by. */
    static void cell(
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
}
