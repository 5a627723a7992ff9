package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.fault.FaultVocabulary;
import io.paybeacon.sandbox.fault.Operation;
import java.util.List;
import java.util.regex.Pattern;

/** What a client can ask of the fake Stripe. */
enum StripeOperation implements Operation {
    PAYMENT_INTENTS_CREATE("payment_intents.create", Money.ASKED_OF_ISSUER),
    PAYMENT_INTENTS_CONFIRM("payment_intents.confirm", Money.ASKED_OF_ISSUER),
    PAYMENT_INTENTS_CAPTURE("payment_intents.capture", Money.BOOKED),
    PAYMENT_INTENTS_CANCEL("payment_intents.cancel", Money.NONE),
    PAYMENT_INTENTS_RETRIEVE("payment_intents.retrieve", Money.NONE),
    PAYMENT_INTENTS_LIST("payment_intents.list", Money.NONE),
    PAYMENT_INTENTS_SEARCH("payment_intents.search", Money.NONE),
    REFUNDS_CREATE("refunds.create", Money.BOOKED),
    REFUNDS_RETRIEVE("refunds.retrieve", Money.NONE),
    REFUNDS_LIST("refunds.list", Money.NONE),
    CHARGES_RETRIEVE("charges.retrieve", Money.NONE),
    BALANCE_RETRIEVE("balance.retrieve", Money.NONE);

    /** The names faults can use (docs.stripe.com/api/events/types). */
    static final FaultVocabulary VOCABULARY =
            new FaultVocabulary(
                    List.of(values()),
                    List.of(
                            "charge.captured",
                            "charge.dispute.closed",
                            "charge.dispute.created",
                            "charge.dispute.funds_reinstated",
                            "charge.dispute.funds_withdrawn",
                            "charge.dispute.updated",
                            "charge.expired",
                            "charge.failed",
                            "charge.refund.updated",
                            "charge.refunded",
                            "charge.succeeded",
                            "payment_intent.amount_capturable_updated",
                            "payment_intent.canceled",
                            "payment_intent.created",
                            "payment_intent.payment_failed",
                            "payment_intent.processing",
                            "payment_intent.requires_action",
                            "payment_intent.succeeded",
                            "payout.created",
                            "payout.failed",
                            "payout.paid",
                            "payout.reconciliation_completed",
                            "radar.early_fraud_warning.created",
                            "refund.created",
                            "refund.failed",
                            "refund.updated",
                            "transfer.created"),
                    Pattern.compile("[a-z][a-z0-9_]{1,60}"),
                    "insufficient_funds");

    private final String wireName;
    private final Money money;

    StripeOperation(String wireName, Money money) {
        this.wireName = wireName;
        this.money = money;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public Money money() {
        return money;
    }
}
