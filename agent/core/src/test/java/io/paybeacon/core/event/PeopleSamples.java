package io.paybeacon.core.event;

import io.paybeacon.core.event.CustomerEvent.ErasureRequested;
import io.paybeacon.core.event.CustomerEvent.OrderMade;
import io.paybeacon.core.event.CustomerEvent.PaymentMade;
import io.paybeacon.core.event.FindingEvent.Acknowledge;
import io.paybeacon.core.event.FindingEvent.Act;
import io.paybeacon.core.event.FindingEvent.Acted;
import io.paybeacon.core.event.FindingEvent.Assign;
import io.paybeacon.core.event.FindingEvent.Comment;
import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.event.FindingEvent.MarkFalsePositive;
import io.paybeacon.core.event.FindingEvent.Reopen;
import io.paybeacon.core.event.FindingEvent.Resolve;
import io.paybeacon.core.event.FindingEvent.Snooze;
import io.paybeacon.core.event.OrderEvent.Line;
import io.paybeacon.core.event.OrderEvent.OrderCustomerErased;
import io.paybeacon.core.event.OrderEvent.Placed;
import io.paybeacon.core.event.OrderEvent.Withdrawn;
import io.paybeacon.core.event.PaymentEvent.CustomerErased;
import io.paybeacon.core.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What people do and order. */
final class PeopleSamples {
    private static final PaymentId PAYMENT = new PaymentId("stripe-eu", "pi_1");
    private static final Money PRICE = Money.of(1099, "USD");

    private PeopleSamples() {}

    static void all(Origin origin, Map<String, Event> samples) {
        for (Act act :
                List.of(
                        new Acknowledge(),
                        new Assign("payments-oncall"),
                        new Snooze(Instant.parse("2026-11-23T08:00:00Z")),
                        new Comment("Händler informiert"),
                        new Resolve(""),
                        new MarkFalsePositive("test order"),
                        new Reopen())) {
            samples.put(
                    "acted " + act.getClass().getSimpleName(),
                    new Acted(origin, "stuck_payment|stripe-eu:pi_1", "anna", act));
        }
        samples.put(
                "found",
                new Found(
                        origin,
                        "stuck_payment|stripe-eu:pi_1",
                        "stuck_payment",
                        "critical",
                        "stripe-eu",
                        "stripe-eu:pi_1",
                        Instant.parse("2026-11-22T10:15:31Z"),
                        PRICE,
                        "Warum",
                        "Was tun: größer",
                        Map.of("since", "10:00", "order", "order-7")));
        samples.put(
                "found bare",
                new Found(origin, "f", "k", "s", "g", "x", Instant.EPOCH, null, "", "", Map.of()));
        samples.put("ended", new Ended(origin, "stuck_payment|stripe-eu:pi_1", "resolved"));
        samples.put("payment made", new PaymentMade(origin, "customer-5", PAYMENT));
        samples.put("order made", new OrderMade(origin, "customer-5", "order-7"));
        samples.put("erasure requested", new ErasureRequested(origin, "customer-5"));
        samples.put("customer erased", new CustomerErased(origin, PAYMENT));
        samples.put("order customer erased", new OrderCustomerErased(origin, "order-7"));
        samples.put(
                "placed",
                new Placed(
                        origin,
                        "order-7",
                        "customer-5",
                        PRICE,
                        List.of(new Line("p-1", "vendor-9", 2, PRICE, Money.of(900, "USD")))));
        samples.put("placed bare", new Placed(origin, "order-8", "", PRICE, List.of()));
        samples.put("withdrawn", new Withdrawn(origin, "order-7"));
    }
}
