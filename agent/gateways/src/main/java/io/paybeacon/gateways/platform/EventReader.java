package io.paybeacon.gateways.platform;

import io.paybeacon.core.event.ConfigurationEvent.ConfigurationChanged;
import io.paybeacon.core.event.DisputeEvent;
import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.DisputeEvent.MoneyMoved;
import io.paybeacon.core.event.DisputeEvent.Movement;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FeeEvent.Charged;
import io.paybeacon.core.event.FeeKind;
import io.paybeacon.core.event.FeedbackEvent;
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
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.PayoutEvent.ItemsComplete;
import io.paybeacon.core.event.PayoutStatus;
import io.paybeacon.core.event.SettlementEvent.BankLine;
import io.paybeacon.core.event.SettlementEvent.ReportAvailable;
import io.paybeacon.core.event.SettlementEvent.SettlementLine;
import io.paybeacon.core.event.SettlementLineKind;
import io.paybeacon.core.event.TransferEvent;
import io.paybeacon.core.event.TransferEvent.Reversed;
import io.paybeacon.core.event.TransferStatus;
import java.util.ArrayList;
import java.util.List;

/** The {@code data} of each type. */
final class EventReader {
    private static final long QUANTITY_MAX = 1_000_000_000L;

    private EventReader() {}

    /** The event that the data tell. */
    static Event read(PlatformEventType type, Origin origin, DataObject data)
            throws RejectedException {
        Event event =
                switch (type) {
                    case ORDER_PLACED -> placed(origin, data);
                    case ORDER_WITHDRAWN -> new Withdrawn(origin, data.text("order"));
                    case PAYMENT_OBSERVED ->
                            new Observed(origin, data.payment("payment"), FactReader.facts(data));
                    case REFERENCE_OBSERVED ->
                            new Unresolved(
                                    origin, data.reference("object"), FactReader.facts(data));
                    case REFERENCE_LINKED ->
                            new Linked(origin, data.reference("object"), data.payment("payment"));
                    case DISPUTE_REPORTED, DISPUTE_MONEY_MOVED, FRAUD_WARNED ->
                            dispute(type, origin, data);
                    case TRANSFER_REPORTED,
                            TRANSFER_REVERSED,
                            PAYOUT_REPORTED,
                            PAYOUT_ITEMS_COMPLETE ->
                            moneyOut(type, origin, data);
                    case FEE_CHARGED,
                            SETTLEMENT_LINE,
                            SETTLEMENT_REPORT_AVAILABLE,
                            BANK_LINE,
                            LEDGER_ENTRY_BOOKED ->
                            books(type, origin, data);
                    case FEEDBACK_COMPLAINED -> complained(origin, data);
                    case FEEDBACK_RATED -> rated(origin, data);
                    case CONFIGURATION_CHANGED ->
                            new ConfigurationChanged(
                                    origin,
                                    data.text("component"),
                                    data.text("version"),
                                    data.textOr("summary", ""));
                };
        data.end();
        return event;
    }

    private static Event placed(Origin origin, DataObject data) throws RejectedException {
        List<Line> lines = new ArrayList<>();
        for (DataObject line : data.objects("lines")) {
            lines.add(
                    new Line(
                            line.text("product"),
                            line.text("vendor"),
                            line.whole("quantity", 1, QUANTITY_MAX),
                            line.money("amount"),
                            line.money("vendorShare")));
            line.end();
        }
        return new Placed(
                origin,
                data.text("order"),
                data.textOr("customer", ""),
                data.money("total"),
                lines);
    }

    private static Event dispute(PlatformEventType type, Origin origin, DataObject data)
            throws RejectedException {
        return switch (type) {
            case DISPUTE_MONEY_MOVED ->
                    new MoneyMoved(
                            origin,
                            data.reference("dispute"),
                            data.text("operation"),
                            data.word("movement", Movement.NAMES),
                            data.money("amount"));
            case FRAUD_WARNED ->
                    new FraudWarned(
                            origin,
                            data.reference("dispute"),
                            data.reference("payment"),
                            data.textOr("fraudType", ""),
                            data.truth("actionable"));
            default ->
                    new DisputeEvent.Reported(
                            origin,
                            data.reference("dispute"),
                            data.optionalReference("payment"),
                            data.word("status", DisputeStatus.NAMES),
                            data.optionalMoney("amount"),
                            data.textOr("reason", ""),
                            data.textOr("network", ""),
                            data.optionalInstant("respondBy"));
        };
    }

    private static Event moneyOut(PlatformEventType type, Origin origin, DataObject data)
            throws RejectedException {
        return switch (type) {
            case TRANSFER_REPORTED ->
                    new TransferEvent.Reported(
                            origin,
                            data.reference("transfer"),
                            data.textOr("vendor", ""),
                            data.word("status", TransferStatus.NAMES),
                            data.money("amount"),
                            data.textOr("source", ""),
                            data.textOr("order", ""));
            case TRANSFER_REVERSED ->
                    new Reversed(
                            origin,
                            data.reference("transfer"),
                            data.text("reversal"),
                            data.money("amount"));
            case PAYOUT_ITEMS_COMPLETE -> new ItemsComplete(origin, data.reference("payout"));
            default ->
                    new PayoutEvent.Reported(
                            origin,
                            data.reference("payout"),
                            data.textOr("vendor", ""),
                            data.word("status", PayoutStatus.NAMES),
                            data.signedMoney("amount"),
                            data.optionalDay("arrivesOn"),
                            data.textOr("failureCode", ""),
                            data.textOr("traceId", ""));
        };
    }

    private static Event books(PlatformEventType type, Origin origin, DataObject data)
            throws RejectedException {
        return switch (type) {
            case FEE_CHARGED ->
                    new Charged(
                            origin,
                            data.reference("charged"),
                            data.text("fee"),
                            data.word("kind", FeeKind.NAMES),
                            data.signedMoney("amount"),
                            data.optionalMoney("base"));
            case SETTLEMENT_REPORT_AVAILABLE ->
                    new ReportAvailable(origin, data.text("report"), data.textOr("kind", ""));
            case BANK_LINE ->
                    new BankLine(
                            origin,
                            data.text("account"),
                            data.text("line"),
                            data.signedMoney("amount"),
                            data.textOr("reference", ""),
                            data.day("bookedOn"));
            case LEDGER_ENTRY_BOOKED ->
                    new EntryBooked(
                            origin,
                            data.text("entry"),
                            data.text("account"),
                            data.signedMoney("amount"),
                            data.textOr("order", ""),
                            data.textOr("booked", ""));
            default ->
                    new SettlementLine(
                            origin,
                            data.textOr("report", ""),
                            data.text("line"),
                            data.word("kind", SettlementLineKind.NAMES),
                            data.optionalReference("settled"),
                            data.textOr("merchantReference", ""),
                            data.signedMoney("gross"),
                            data.signedMoney("fee"),
                            data.signedMoney("net"),
                            data.optionalDay("availableOn"));
        };
    }

    private static Event complained(Origin origin, DataObject data) throws RejectedException {
        return new Complained(
                origin,
                data.text("complaint"),
                data.word("from", Complainant.NAMES),
                data.textOr("order", ""),
                data.textOr("topic", ""),
                data.truth("open"));
    }

    private static Event rated(Origin origin, DataObject data) throws RejectedException {
        String rating = data.text("rating");
        int outOf = (int) data.whole("outOf", 1, FeedbackEvent.SCORE_MAX);
        return new Rated(
                origin,
                rating,
                data.word("from", Complainant.NAMES),
                data.textOr("order", ""),
                (int) data.whole("score", 0, outOf),
                outOf);
    }
}
