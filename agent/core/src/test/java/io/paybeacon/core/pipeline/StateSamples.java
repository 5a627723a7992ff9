package io.paybeacon.core.pipeline;

import io.paybeacon.core.customer.Customer;
import io.paybeacon.core.event.ConfigurationEvent.ConfigurationChanged;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.FeeEvent;
import io.paybeacon.core.event.FeeKind;
import io.paybeacon.core.event.FeedbackEvent.Complainant;
import io.paybeacon.core.event.FeedbackEvent.Rated;
import io.paybeacon.core.event.FindingEvent.Assign;
import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.event.FindingEvent.Snooze;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.LedgerEvent.EntryBooked;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RegisterEvent;
import io.paybeacon.core.event.SettlementEvent.ReportAvailable;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.core.event.TransferEvent;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.gateway.GatewayCell;
import io.paybeacon.core.identity.Identity;
import io.paybeacon.core.identity.Identity.Parked;
import io.paybeacon.core.intake.IntakeStage.Counted;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.order.Order;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Handling;
import io.paybeacon.core.output.Handling.Entry;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.probe.ProbeState;
import io.paybeacon.core.probe.ProbeState.Confirmation;
import io.paybeacon.core.probe.ProbeState.LastRun;
import io.paybeacon.core.register.Register;
import io.paybeacon.core.source.SourceState;
import io.paybeacon.core.source.SourceState.Failure;
import io.paybeacon.core.source.SourceState.Sample;
import java.time.Instant;
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
        samples.put("payment bare", PaymentSamples.bare());
        samples.put("payment full", PaymentSamples.full());
        samples.put(
                "order bare", new Order("order-7", AT, null, null, List.of(), false, List.of()));
        samples.put("order full", PaymentSamples.order());
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
        registers(samples);
        samples.put("customer bare", new Customer(List.of(), List.of()));
        samples.put("customer full", new Customer(List.of(PAYMENT), List.of("order-7")));
        samples.put("finding bare", new FindingRecord(null, null, null));
        samples.put(
                "finding full",
                new FindingRecord(
                        new Found(
                                new Origin("paybeacon", "finding", AT),
                                "f-1",
                                "stuck_payment",
                                "critical",
                                "stripe-eu",
                                PAYMENT.key(),
                                AT,
                                Money.of(1099, "USD"),
                                "cause",
                                "remedy",
                                Map.of("since", "10:00")),
                        new Ended(new Origin("paybeacon", "finding", AT), "f-1", "resolved"),
                        handling()));
        return samples;
    }

    /** What this build makes of the bytes of an earlier version that knew less; by name. */
    static Map<String, Object> ofVersion1() {
        Map<String, Object> samples = all();
        samples.put("payment bare", PaymentSamples.bare(AT));
        samples.put("payment full", PaymentSamples.full1());
        samples.put(
                "order bare",
                new Order("order-7", Instant.EPOCH, null, null, List.of(), false, List.of()));
        samples.put("order full", PaymentSamples.order1());
        return samples;
    }

    private static void registers(Map<String, Object> samples) {
        Origin origin = new Origin("stripe-eu", "evt_1", AT);
        Money price = Money.of(1099, "USD");
        ProviderReference object = new ProviderReference("stripe-eu", "obj_1");
        for (RegisterEvent event :
                List.<RegisterEvent>of(
                        new FraudWarned(origin, object, CHARGE, "", false),
                        new TransferEvent.Reversed(origin, object, "trr_1", price),
                        new PayoutEvent.ItemsComplete(origin, object),
                        new FeeEvent.Charged(origin, CHARGE, "f", FeeKind.OTHER, price, null),
                        new ReportAvailable(origin, "report.csv", ""),
                        new EntryBooked(origin, "e-1", "receivables", price, "", ""),
                        new Rated(origin, "r-1", Complainant.CUSTOMER, "", 4, 5),
                        new ConfigurationChanged(origin, "routing", "v17", ""))) {
            String stage = Pipeline.standard().steps().get(Pipeline.standard().route(event)).name();
            samples.put(stage + " full", new Register<>(List.of(event)));
        }
    }

    private static Handling handling() {
        return new Handling(
                Handling.State.SNOOZED,
                "payments-oncall",
                AT.plusSeconds(3600),
                List.of(
                        new Entry(AT, "act-1", "anna", new Assign("payments-oncall")),
                        new Entry(
                                AT.plusSeconds(1),
                                "act-2",
                                "ben",
                                new Snooze(AT.plusSeconds(3600)))));
    }

    static Finding finding(FindingKind kind, String subject, Money atStake) {
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
                                List.of(new Declined("ch_1", DeclineCause.DO_NOT_HONOR, "51")))),
                AT.minusSeconds(3600),
                finding(FindingKind.ORPHAN_EVENT, CHARGE.key(), null));
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
