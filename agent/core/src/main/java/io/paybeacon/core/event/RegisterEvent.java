package io.paybeacon.core.event;

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
    /** The object that it is about, unique within its kind of event; the key of the stage. */
    String subject();

    /** What it tells, as a word: a metric label. */
    String type();
}
