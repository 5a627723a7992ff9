package io.paybeacon.core.pipeline;

import io.paybeacon.core.event.DeclineClass;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.gateway.GatewayCell;
import io.paybeacon.core.identity.Identity;
import io.paybeacon.core.identity.Identity.Parked;
import io.paybeacon.core.intake.IntakeStage.Counted;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.order.Order;
import io.paybeacon.core.order.Order.Part;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Decline;
import io.paybeacon.core.payment.Payment.Operation;
import io.paybeacon.core.payment.Payment.Refund;
import io.paybeacon.core.probe.ProbeState;
import io.paybeacon.core.probe.ProbeState.Confirmation;
import io.paybeacon.core.probe.ProbeState.LastRun;
import io.paybeacon.core.source.SourceState;
import io.paybeacon.core.source.SourceState.Failure;
import io.paybeacon.core.source.SourceState.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** States of every stage, full and bare, by the stage's name and what is special about them. */
final class StateSamples {
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123Z");
    private static final PaymentId PAYMENT = new PaymentId("stripe-eu", "pi_1");
    private static final ProviderReference CHARGE = new ProviderReference("stripe-eu", "ch_1");

    private StateSamples() {}

    static Map<String, Object> all() {
        Map<String, Object> samples = new LinkedHashMap<>();
        samples.put("intake", new Counted());
        samples.put("identity linked", new Identity(CHARGE, PAYMENT, List.of(), null, null));
        samples.put("identity parked", parked());
        samples.put("payment bare", bare());
        samples.put("payment full", full());
        samples.put("order bare", new Order("order-7", List.of()));
        samples.put("order full", order());
        samples.put("gateway bare", new GatewayCell("stripe-eu", Map.of(), new TreeMap<>()));
        samples.put("gateway full", cell());
        samples.put(
                "probe bare",
                new ProbeState(
                        "stripe-eu",
                        "",
                        List.of("evt_1"),
                        null,
                        null,
                        0,
                        List.of(),
                        List.of(),
                        null));
        samples.put("probe full", probe(null));
        samples.put("probe confirmed", probe(new Confirmation("run-9c", AT, true)));
        samples.put(
                "source bare",
                new SourceState("stripe-eu", "status-page", Map.of(), null, null, List.of()));
        samples.put("source full", source());
        return samples;
    }

    private static Finding finding(FindingKind kind, String subject, Money atStake) {
        return new Finding(
                kind.label() + "|" + subject,
                kind,
                Severity.CRITICAL,
                "stripe-eu",
                subject,
                AT,
                atStake,
                "Why it is so.",
                "What to do: größer als erlaubt.",
                Map.of("since", "2026-11-22T10:00:00Z", "order", "order-7"));
    }

    private static Identity parked() {
        return new Identity(
                CHARGE,
                null,
                List.of(
                        new Parked(
                                new Origin("stripe-eu", "evt_1", AT),
                                List.of(
                                        new StatusReported("ch_1", PaymentStatus.AUTHORISED),
                                        new Authorised("ch_1", Money.of(1099, "USD")))),
                        new Parked(
                                new Origin("stripe-eu", "evt_2", AT),
                                List.of(new Declined("ch_1", DeclineClass.BUSINESS, "51")))),
                AT.minusSeconds(3600),
                finding(FindingKind.ORPHAN_EVENT, CHARGE.key(), null));
    }

    private static Payment bare() {
        return new Payment(
                PAYMENT, AT, List.of(), null, List.of(), List.of(), List.of(), List.of(), Map.of(),
                null);
    }

    private static Payment full() {
        List<Attempt> attempts = new ArrayList<>();
        for (PaymentStatus status : PaymentStatus.values()) {
            attempts.add(new Attempt("ch_" + status.label(), status, AT, "evt_1", null));
        }
        for (DeclineClass declineClass : DeclineClass.values()) {
            attempts.add(
                    new Attempt(
                            "d_" + declineClass.label(),
                            PaymentStatus.FAILED,
                            AT,
                            "evt_2",
                            new Stamped<>(new Decline(declineClass, "do_not_honor"), AT, "evt_3")));
        }
        List<Refund> refunds = new ArrayList<>();
        for (RefundStatus status : RefundStatus.values()) {
            refunds.add(new Refund("re_" + status.label(), Money.of(500, "JPY"), status));
        }
        Map<Property, Stamped<String>> properties = new EnumMap<>(Property.class);
        for (Property property : Property.values()) {
            properties.put(property, new Stamped<>("a " + property.label(), AT, "evt_4"));
        }
        return new Payment(
                PAYMENT,
                AT.minusSeconds(60),
                attempts,
                new Stamped<>(Money.of(1099, "USD"), AT, "evt_5"),
                List.of(
                        new Operation("ch_1", Money.of(1099, "USD")),
                        new Operation("ch_1", Money.of(349_900, "ZAR"))),
                List.of(new Operation("ch_1", Money.of(1_234, "KWD"))),
                List.of(new Operation("ch_1", Money.of(0, "USD"))),
                refunds,
                properties,
                finding(FindingKind.STUCK_PAYMENT, PAYMENT.key(), Money.of(1099, "USD")));
    }

    private static Order order() {
        Amounts amounts = Amounts.sum(List.of(Money.of(1099, "USD"), Money.of(500, "JPY")));
        return new Order(
                "order-7",
                List.of(
                        new Part(PAYMENT, null, Amounts.NONE, Amounts.NONE, Amounts.NONE),
                        new Part(
                                new PaymentId("stripe-eu", "pi_2"),
                                new Stamped<>(Money.of(1099, "USD"), AT, "evt_1"),
                                amounts,
                                amounts,
                                Amounts.sum(List.of(Money.of(99, "USD"))))));
    }

    private static GatewayCell cell() {
        Map<PaymentStatus, Long> payments = new EnumMap<>(PaymentStatus.class);
        for (PaymentStatus status : PaymentStatus.values()) {
            payments.put(status, 100L * payments.size() - 1);
        }
        TreeMap<Instant, Outcomes> minutes = new TreeMap<>();
        minutes.put(Instant.parse("2026-11-22T10:15:00Z"), new Outcomes(1, 2, 3, 4));
        minutes.put(Instant.parse("2026-11-22T10:16:00Z"), new Outcomes(1_000_000, 0, 0, 0));
        return new GatewayCell("stripe-eu", payments, minutes);
    }

    private static SourceState source() {
        Map<Signal, Sample> samples = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            samples.put(
                    signal,
                    new Sample(
                            signal.valueMax(),
                            AT.minusSeconds(30),
                            new Origin("stripe-eu", "evt_" + signal.label(), AT)));
        }
        return new SourceState(
                "stripe-eu",
                "status-page",
                samples,
                new Origin("stripe-eu", "evt_1", AT),
                new Failure(
                        SourceReason.HTTP_STATUS,
                        "status 503, expected 200",
                        new Origin("stripe-eu", "evt_2", AT.plusSeconds(60))),
                List.of("evt_3", "evt_2"));
    }

    private static ProbeState probe(@Nullable Confirmation confirmation) {
        return new ProbeState(
                "stripe-eu",
                "card",
                List.of("evt_2", "evt_1"),
                new LastRun(
                        "run-9",
                        "4bf92f3577b34da6a3ce929d0e0e4736",
                        AT,
                        5_000_000_000L,
                        new ProbeEvent.Failure(
                                "authorise", ProbeReason.AUTH, "status 401, expected 200")),
                AT.minusSeconds(60),
                3,
                List.of("run-7", "run-8"),
                List.of("run-5"),
                confirmation);
    }
}
