package io.paybeacon.core.event;

import java.util.List;

/**
 * What is told about an object beside payments and orders: each is kept with its object, told twice
 * it is one, and a feature that judges it finds it there.
 */
public sealed interface RegisterEvent extends Event
        permits DisputeEvent,
                TransferEvent,
                PayoutEvent,
                FeeEvent,
                SettlementEvent,
                LedgerEvent,
                FeedbackEvent,
                ConfigurationEvent {
    /** Every word that {@link #type} gives. */
    List<String> TYPES =
            List.of(
                    "dispute_reported",
                    "dispute_money_moved",
                    "fraud_warned",
                    "transfer_reported",
                    "transfer_reversed",
                    "payout_reported",
                    "payout_items_complete",
                    "fee_charged",
                    "settlement_line",
                    "report_available",
                    "bank_line",
                    "ledger_entry",
                    "complaint",
                    "rating",
                    "configuration_changed");

    /** The object that it is about, unique within its kind of event; the key of the stage. */
    String subject();

    /** What it tells, as a word: a metric label. */
    String type();
}
