package io.paybeacon.core.pipeline;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DeclineClass;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.OrderEvent.Line;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFactCodec;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.order.Order;
import io.paybeacon.core.order.Order.Part;
import io.paybeacon.core.order.Order.Placement;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Decline;
import io.paybeacon.core.payment.Payment.Dispute;
import io.paybeacon.core.payment.Payment.Hold;
import io.paybeacon.core.payment.Payment.Movements;
import io.paybeacon.core.payment.Payment.Operation;
import io.paybeacon.core.payment.Payment.Reached;
import io.paybeacon.core.payment.Payment.Refund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payments and orders, full and bare, as this build and as earlier ones had them. */
final class PaymentSamples {
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123Z");
    private static final PaymentId PAYMENT = new PaymentId("stripe-eu", "pi_1");

    private PaymentSamples() {}

    static Payment bare() {
        return bare(AT.plusMillis(7));
    }

    static Payment bare(Instant changedAt) {
        return new Payment(
                PAYMENT,
                AT,
                changedAt,
                List.of(),
                null,
                Movements.NONE,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                false,
                List.of());
    }

    static Payment full() {
        List<Attempt> attempts = attempts();
        List<Refund> refunds = new ArrayList<>();
        for (RefundStatus status : RefundStatus.values()) {
            refunds.add(
                    new Refund(
                            "re_" + status.label(),
                            Money.of(500, "JPY"),
                            status,
                            AT.plusMillis(1)));
        }
        List<Dispute> disputes = new ArrayList<>();
        for (DisputeStatus status : DisputeStatus.values()) {
            disputes.add(new Dispute("dp_" + status.label(), status, AT));
        }
        Map<Property, Stamped<String>> properties = new EnumMap<>(Property.class);
        for (Property property : Property.values()) {
            properties.put(property, new Stamped<>("a " + property.label(), AT, "evt_4"));
        }
        return new Payment(
                PAYMENT,
                AT.minusSeconds(60),
                AT.plusSeconds(60),
                attempts,
                new Stamped<>(Money.of(1099, "USD"), AT, "evt_5"),
                movements(AT.plusMillis(2)),
                refunds,
                List.of(new Hold("ch_1", new Stamped<>(AT.plusSeconds(600), AT, "evt_6"))),
                disputes,
                properties,
                true,
                List.of(
                        StateSamples.finding(
                                FindingKind.STUCK_PAYMENT, PAYMENT.key(), Money.of(1099, "USD"))));
    }

    /** What layout 1 kept of a full payment. */
    static Payment full1() {
        Instant first = AT.minusSeconds(60);
        List<Attempt> attempts = new ArrayList<>();
        for (PaymentStatus status : PaymentStatus.values()) {
            attempts.add(attempt1("ch_" + status.label(), status, "evt_1", null));
        }
        for (DeclineClass declineClass : DeclineClass.values()) {
            Decline decline =
                    new Decline(PaymentFactCodec.causeOf(declineClass), "do_not_honor", "");
            attempts.add(
                    attempt1(
                            "d_" + declineClass.label(),
                            PaymentStatus.FAILED,
                            "evt_2",
                            new Stamped<>(decline, AT, "evt_3")));
        }
        List<Refund> refunds = new ArrayList<>();
        for (RefundStatus status : RefundStatus.values()) {
            refunds.add(new Refund("re_" + status.label(), Money.of(500, "JPY"), status, first));
        }
        Map<Property, Stamped<String>> properties = new EnumMap<>(Property.class);
        for (Property property :
                EnumSet.range(Property.MERCHANT_REFERENCE, Property.ISSUER_COUNTRY)) {
            properties.put(property, new Stamped<>("a " + property.label(), AT, "evt_4"));
        }
        return new Payment(
                PAYMENT,
                first,
                first,
                attempts,
                new Stamped<>(Money.of(1099, "USD"), AT, "evt_5"),
                movements(first),
                refunds,
                List.of(),
                List.of(),
                properties,
                false,
                List.of(
                        StateSamples.finding(
                                FindingKind.STUCK_PAYMENT, PAYMENT.key(), Money.of(1099, "USD"))));
    }

    private static Attempt attempt1(
            String id, PaymentStatus status, String event, @Nullable Stamped<Decline> decline) {
        return new Attempt(id, status, AT, event, decline, null, List.of(new Reached(status, AT)));
    }

    private static Movements movements(Instant at) {
        return new Movements(
                List.of(
                        new Operation("ch_1", Money.of(1099, "USD"), at),
                        new Operation("ch_1", Money.of(349_900, "ZAR"), at)),
                List.of(new Operation("ch_1", Money.of(1_234, "KWD"), at)),
                List.of(new Operation("ch_1", Money.of(0, "USD"), at)));
    }

    static Order order() {
        Amounts amounts = Amounts.sum(List.of(Money.of(1099, "USD"), Money.of(500, "JPY")));
        Money price = Money.of(1099, "USD");
        return new Order(
                "order-7",
                AT,
                new Stamped<>(
                        new Placement(
                                "customer-5",
                                price,
                                List.of(new Line("p-1", "vendor-9", 2, price, price))),
                        AT,
                        "evt_1"),
                new Stamped<>(AT, AT, "evt_2"),
                List.of(
                        bare1(),
                        new Part(
                                new PaymentId("stripe-eu", "pi_2"),
                                new Stamped<>(price, AT, "evt_1"),
                                amounts,
                                amounts,
                                Amounts.sum(List.of(Money.of(99, "USD"))),
                                amounts,
                                Amounts.sum(List.of(Money.of(1, "JPY"))))),
                true,
                List.of(StateSamples.finding(FindingKind.DUPLICATE_CHARGE, "order-7", price)));
    }

    private static Part bare1() {
        return new Part(
                PAYMENT,
                null,
                Amounts.NONE,
                Amounts.NONE,
                Amounts.NONE,
                Amounts.NONE,
                Amounts.NONE);
    }

    /** What layout 1 kept of a full order. */
    static Order order1() {
        Amounts amounts = Amounts.sum(List.of(Money.of(1099, "USD"), Money.of(500, "JPY")));
        return new Order(
                "order-7",
                Instant.EPOCH,
                null,
                null,
                List.of(
                        bare1(),
                        new Part(
                                new PaymentId("stripe-eu", "pi_2"),
                                new Stamped<>(Money.of(1099, "USD"), AT, "evt_1"),
                                amounts,
                                amounts,
                                Amounts.sum(List.of(Money.of(99, "USD"))),
                                Amounts.NONE,
                                Amounts.NONE)),
                false,
                List.of());
    }

    private static List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        for (PaymentStatus status : PaymentStatus.values()) {
            attempts.add(
                    new Attempt(
                            "ch_" + status.label(),
                            status,
                            AT,
                            "evt_1",
                            null,
                            null,
                            List.of(
                                    new Reached(PaymentStatus.UNKNOWN, AT.minusMillis(1)),
                                    new Reached(status, AT))));
        }
        for (DeclineCause cause : DeclineCause.values()) {
            Decline decline = new Decline(cause, "do_not_honor", "03");
            attempts.add(
                    new Attempt(
                            "d_" + cause.label(),
                            PaymentStatus.FAILED,
                            AT,
                            "evt_2",
                            new Stamped<>(decline, AT, "evt_3"),
                            null,
                            List.of(new Reached(PaymentStatus.FAILED, AT))));
        }
        for (AuthenticationOutcome outcome : AuthenticationOutcome.values()) {
            attempts.add(
                    new Attempt(
                            "a_" + outcome.label(),
                            PaymentStatus.UNKNOWN,
                            AT,
                            "evt_2",
                            null,
                            new Stamped<>(outcome, AT, "evt_3"),
                            List.of()));
        }
        return attempts;
    }
}
