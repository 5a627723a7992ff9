package io.paybeacon.gateways.platform;

import io.paybeacon.core.codec.Named;
import io.paybeacon.core.event.ConfigurationEvent.ConfigurationChanged;
import io.paybeacon.core.event.CustomerEvent;
import io.paybeacon.core.event.DisputeEvent;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FeeEvent;
import io.paybeacon.core.event.FeedbackEvent;
import io.paybeacon.core.event.FindingEvent;
import io.paybeacon.core.event.GatewayEvent;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent;
import io.paybeacon.core.event.LedgerEvent;
import io.paybeacon.core.event.OrderEvent;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.SettlementEvent;
import io.paybeacon.core.event.SourceEvent;
import io.paybeacon.core.event.TransferEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a platform may tell, by the {@code type} of the CloudEvent. A version of a type never
 * changes its fields; another form is another version.
 */
public enum PlatformEventType {
    ORDER_PLACED("io.paybeacon.order.placed.v1"),
    ORDER_WITHDRAWN("io.paybeacon.order.withdrawn.v1"),
    PAYMENT_OBSERVED("io.paybeacon.payment.observed.v1"),
    REFERENCE_OBSERVED("io.paybeacon.reference.observed.v1"),
    REFERENCE_LINKED("io.paybeacon.reference.linked.v1"),
    DISPUTE_REPORTED("io.paybeacon.dispute.reported.v1"),
    DISPUTE_MONEY_MOVED("io.paybeacon.dispute.money_moved.v1"),
    FRAUD_WARNED("io.paybeacon.fraud.warned.v1"),
    TRANSFER_REPORTED("io.paybeacon.transfer.reported.v1"),
    TRANSFER_REVERSED("io.paybeacon.transfer.reversed.v1"),
    PAYOUT_REPORTED("io.paybeacon.payout.reported.v1"),
    PAYOUT_ITEMS_COMPLETE("io.paybeacon.payout.items_complete.v1"),
    FEE_CHARGED("io.paybeacon.fee.charged.v1"),
    SETTLEMENT_LINE("io.paybeacon.settlement.line.v1"),
    SETTLEMENT_REPORT_AVAILABLE("io.paybeacon.settlement.report_available.v1"),
    BANK_LINE("io.paybeacon.bank.line.v1"),
    LEDGER_ENTRY_BOOKED("io.paybeacon.ledger.entry_booked.v1"),
    FEEDBACK_COMPLAINED("io.paybeacon.feedback.complained.v1"),
    FEEDBACK_RATED("io.paybeacon.feedback.rated.v1"),
    CONFIGURATION_CHANGED("io.paybeacon.configuration.changed.v1");

    /** All of them by label. */
    public static final Named<PlatformEventType> NAMES =
            Named.of(PlatformEventType.class, PlatformEventType::label);

    private final String label;

    PlatformEventType(String label) {
        this.label = label;
    }

    /** The {@code type} of the CloudEvent. */
    public String label() {
        return label;
    }

    /**
     * The type of an event; null for one that no platform tells: what stages tell one another, what
     * probes and sources measure, what people do, and input that could not be read.
     */
    public static @Nullable PlatformEventType of(Event event) {
        return switch (event) {
            case OrderEvent.Placed _ -> ORDER_PLACED;
            case OrderEvent.Withdrawn _ -> ORDER_WITHDRAWN;
            case PaymentEvent.Observed _ -> PAYMENT_OBSERVED;
            case Unresolved _ -> REFERENCE_OBSERVED;
            case Linked _ -> REFERENCE_LINKED;
            case DisputeEvent.Reported _ -> DISPUTE_REPORTED;
            case DisputeEvent.MoneyMoved _ -> DISPUTE_MONEY_MOVED;
            case DisputeEvent.FraudWarned _ -> FRAUD_WARNED;
            case TransferEvent.Reported _ -> TRANSFER_REPORTED;
            case TransferEvent.Reversed _ -> TRANSFER_REVERSED;
            case PayoutEvent.Reported _ -> PAYOUT_REPORTED;
            case PayoutEvent.ItemsComplete _ -> PAYOUT_ITEMS_COMPLETE;
            case FeeEvent.Charged _ -> FEE_CHARGED;
            case SettlementEvent.SettlementLine _ -> SETTLEMENT_LINE;
            case SettlementEvent.ReportAvailable _ -> SETTLEMENT_REPORT_AVAILABLE;
            case SettlementEvent.BankLine _ -> BANK_LINE;
            case LedgerEvent.EntryBooked _ -> LEDGER_ENTRY_BOOKED;
            case FeedbackEvent.Complained _ -> FEEDBACK_COMPLAINED;
            case FeedbackEvent.Rated _ -> FEEDBACK_RATED;
            case ConfigurationChanged _ -> CONFIGURATION_CHANGED;
            case OrderEvent.PaymentReported _,
                    OrderEvent.OrderCustomerErased _,
                    PaymentEvent.CustomerErased _ ->
                    null;
            case CustomerEvent _,
                    FindingEvent _,
                    GatewayEvent _,
                    IntakeEvent _,
                    ProbeEvent _,
                    SourceEvent _ ->
                    null;
        };
    }
}
