package io.paybeacon.gateways.platform;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.ConfigurationEvent.ConfigurationChanged;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DisputeEvent;
import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.DisputeEvent.MoneyMoved;
import io.paybeacon.core.event.DisputeEvent.Movement;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FeeEvent.Charged;
import io.paybeacon.core.event.FeeKind;
import io.paybeacon.core.event.FeedbackEvent.Complainant;
import io.paybeacon.core.event.FeedbackEvent.Complained;
import io.paybeacon.core.event.FeedbackEvent.Rated;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.LedgerEvent.EntryBooked;
import io.paybeacon.core.event.OrderEvent.Line;
import io.paybeacon.core.event.OrderEvent.Placed;
import io.paybeacon.core.event.OrderEvent.Withdrawn;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.PaymentFact.HoldExpires;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.PayoutEvent.ItemsComplete;
import io.paybeacon.core.event.PayoutStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.event.SettlementEvent.BankLine;
import io.paybeacon.core.event.SettlementEvent.ReportAvailable;
import io.paybeacon.core.event.SettlementEvent.SettlementLine;
import io.paybeacon.core.event.SettlementLineKind;
import io.paybeacon.core.event.TransferEvent;
import io.paybeacon.core.event.TransferEvent.Reversed;
import io.paybeacon.core.event.TransferStatus;
import io.paybeacon.core.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Events of every type that a platform tells, with everything and with as little as may be. */
final class PlatformSamples {
    static final Instant AT = Instant.parse("2026-11-23T12:00:00.250Z");

    private static final Money EURO = Money.of(1_099, "EUR");
    private static final Money YEN = Money.of(500, "JPY");
    private static final Money OWED = Money.of(-1_050, "KWD");
    private static final ProviderReference OBJECT = new ProviderReference("stripe-eu", "ch_1");
    private static final PaymentId PAYMENT = new PaymentId("stripe-eu", "pi_1");

    private PlatformSamples() {}

    /** One event for each word of the enumerations that are not in facts. */
    static List<Event> words() {
        List<Event> events = new ArrayList<>();
        for (Movement movement : Movement.values()) {
            events.add(new MoneyMoved(at(movement.label()), OBJECT, "txn_1", movement, EURO));
        }
        for (TransferStatus status : TransferStatus.values()) {
            events.add(
                    new TransferEvent.Reported(
                            at(status.label()), OBJECT, "", status, EURO, "", ""));
        }
        for (PayoutStatus status : PayoutStatus.values()) {
            events.add(
                    new PayoutEvent.Reported(
                            at(status.label()), OBJECT, "", status, EURO, null, "", ""));
        }
        for (FeeKind kind : FeeKind.values()) {
            events.add(new Charged(at(kind.label()), OBJECT, "fee", kind, EURO, null));
        }
        for (SettlementLineKind kind : SettlementLineKind.values()) {
            events.add(
                    new SettlementLine(
                            at(kind.label()), "", "1", kind, null, "", EURO, EURO, EURO, null));
        }
        for (DisputeStatus status : DisputeStatus.values()) {
            events.add(
                    new DisputeEvent.Reported(
                            at(status.label()), OBJECT, null, status, null, "", "", null));
        }
        return events;
    }

    /** Events of every type. */
    static List<Event> events() {
        List<Event> events = new ArrayList<>();
        events.add(
                new Placed(
                        at("order-1"),
                        "order-1",
                        "customer-9",
                        EURO,
                        List.of(
                                new Line("p-1", "v-1", 1, EURO, Money.of(900, "EUR")),
                                new Line("p-2", "v-2", 3, YEN, YEN))));
        events.add(new Placed(at("order-2"), "order-2", "", YEN, List.of()));
        events.add(new Withdrawn(at("order-3"), "order-1"));
        events.add(new Observed(at("facts"), PAYMENT, facts()));
        events.add(new Unresolved(at("parked"), OBJECT, facts()));
        events.add(new Linked(at("linked"), OBJECT, PAYMENT));
        events.add(
                new DisputeEvent.Reported(
                        at("dispute-1"),
                        OBJECT,
                        OBJECT,
                        DisputeStatus.NEEDS_RESPONSE,
                        EURO,
                        "fraudulent",
                        "visa",
                        AT));
        events.add(
                new DisputeEvent.Reported(
                        at("dispute-2"), OBJECT, null, DisputeStatus.WON, null, "", "", null));
        events.add(
                new MoneyMoved(at("dispute-3"), OBJECT, "txn_1", Movement.FUNDS_WITHDRAWN, EURO));
        events.add(new FraudWarned(at("warning"), OBJECT, OBJECT, "made_with_lost_card", true));
        events.addAll(moneyOut());
        events.addAll(books());
        events.add(
                new Complained(
                        at("complaint"),
                        "c-1",
                        Complainant.CUSTOMER,
                        "order-1",
                        "refund_missing",
                        true));
        events.add(new Rated(at("rating"), "r-1", Complainant.VENDOR, "", 4, 5));
        events.add(new ConfigurationChanged(at("configuration"), "routing", "v17", "cards to B"));
        return events;
    }

    private static List<Event> moneyOut() {
        return List.of(
                new TransferEvent.Reported(
                        at("transfer-1"),
                        OBJECT,
                        "v-1",
                        TransferStatus.BOOKED,
                        EURO,
                        "ch_1",
                        "order-1"),
                new TransferEvent.Reported(
                        at("transfer-2"), OBJECT, "", TransferStatus.FAILED, EURO, "", ""),
                new Reversed(at("transfer-3"), OBJECT, "trr_1", YEN),
                new PayoutEvent.Reported(
                        at("payout-1"),
                        OBJECT,
                        "v-1",
                        PayoutStatus.FAILED,
                        OWED,
                        LocalDate.parse("2026-11-25"),
                        "account_closed",
                        "T-1"),
                new PayoutEvent.Reported(
                        at("payout-2"), OBJECT, "", PayoutStatus.PAID, EURO, null, "", ""),
                new ItemsComplete(at("payout-3"), OBJECT));
    }

    private static List<Event> books() {
        return List.of(
                new Charged(at("fee-1"), OBJECT, "fee_1", FeeKind.INTERCHANGE, OWED, EURO),
                new Charged(at("fee-2"), OBJECT, "fee_2", FeeKind.OTHER, EURO, null),
                new SettlementLine(
                        at("line-1"),
                        "batch-1",
                        "17",
                        SettlementLineKind.CHARGE,
                        OBJECT,
                        "order-1",
                        EURO,
                        Money.of(42, "EUR"),
                        Money.of(1_057, "EUR"),
                        LocalDate.parse("2026-11-26")),
                new SettlementLine(
                        at("line-2"),
                        "",
                        "18",
                        SettlementLineKind.FEE,
                        null,
                        "",
                        OWED,
                        OWED,
                        OWED,
                        null),
                new ReportAvailable(at("report"), "settlement-17.csv", "settlement"),
                new BankLine(at("bank"), "main", "1", OWED, "TX 17", LocalDate.parse("2026-11-26")),
                new EntryBooked(at("entry-1"), "e-1", "sales", OWED, "order-1", "ch_1"),
                new EntryBooked(at("entry-2"), "e-2", "sales", EURO, "", ""));
    }

    private static List<PaymentFact> facts() {
        List<PaymentFact> facts = new ArrayList<>();
        facts.add(new StatusReported(PaymentFact.NO_ATTEMPT, PaymentStatus.CREATED));
        facts.add(new StatusReported("ch_1", PaymentStatus.FAILED));
        facts.add(new Declined("ch_1", DeclineCause.EXPIRED_CARD, "expired_card", "03"));
        facts.add(new Declined("", DeclineCause.UNKNOWN, "", ""));
        facts.add(new Authenticated("ch_1", AuthenticationOutcome.FRICTIONLESS));
        facts.add(new HoldExpires("ch_1", AT));
        facts.add(new Disputed("du_1", DisputeStatus.LOST));
        facts.add(new Requested(EURO));
        facts.add(new Authorised("ch_1", EURO));
        facts.add(new Captured("ch_1", EURO));
        facts.add(new CaptureUndone("ch_1", YEN));
        facts.add(new Refunded("re_1", EURO, RefundStatus.PENDING));
        for (PaymentStatus status : PaymentStatus.values()) {
            facts.add(new StatusReported("ch_2", status));
        }
        for (DeclineCause cause : DeclineCause.values()) {
            facts.add(new Declined("ch_2", cause, "code"));
        }
        for (AuthenticationOutcome outcome : AuthenticationOutcome.values()) {
            facts.add(new Authenticated("ch_2", outcome));
        }
        for (DisputeStatus status : DisputeStatus.values()) {
            facts.add(new Disputed("du_2", status));
        }
        for (RefundStatus status : RefundStatus.values()) {
            facts.add(new Refunded("re_2", EURO, status));
        }
        for (Property property : Property.values()) {
            facts.add(new Described(property, "value of " + property.label()));
        }
        return facts;
    }

    private static Origin at(String id) {
        return new Origin("shop", id, AT);
    }
}
