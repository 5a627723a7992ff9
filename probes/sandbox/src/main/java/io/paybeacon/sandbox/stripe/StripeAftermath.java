package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What befalls payments afterwards, and how Stripe tells of it (docs.stripe.com/api/disputes,
 * radar/early_fraud_warnings, payouts, transfers). Confined to the lock of {@link StripeGateway}.
 */
final class StripeAftermath {
    private static final long DISPUTE_FEE_MINOR = 1_500;

    /** Visa's codes of the reasons. */
    private static final Map<String, String> NETWORK_CODES =
            Map.of(
                    "fraudulent", "10.4",
                    "product_not_received", "13.1",
                    "product_unacceptable", "13.3",
                    "duplicate", "12.6",
                    "credit_not_processed", "13.7");

    private final Books books;
    private final PaymentOperations payments;
    private final Map<String, JsonObject> disputes = new HashMap<>();

    StripeAftermath(Books books, PaymentOperations payments) {
        this.books = books;
        this.payments = payments;
    }

    void befall(String intentId, Aftermath aftermath, Execution execution) {
        switch (aftermath) {
            case Aftermath.FraudWarned() -> warn(captured(intentId), execution);
            case Aftermath.DisputeOpened(String reason, long dueMillis) ->
                    open(
                            captured(intentId),
                            reason,
                            books.nowSeconds() + dueMillis / 1_000,
                            execution);
            case Aftermath.DisputeClosed(boolean won) -> close(intentId, won, execution);
            case Aftermath.CaptureUndone() ->
                    throw refused("Stripe does not take captures of cards back.");
            case Aftermath.RefundFailed() -> failRefund(books.intent(intentId), execution);
            case Aftermath.Expired() -> payments.expire(intentId, execution);
            case Aftermath.Transferred(String vendor, long amountMinor) ->
                    transfer(captured(intentId), vendor, amountMinor, execution);
            case Aftermath.PaidOut(long amountMinor, String currency, boolean fails) ->
                    payOut(amountMinor, currency, fails, execution);
        }
    }

    private static StripeRefusal refused(String message) {
        return StripeRefusal.parameter("sandbox", "payment", message);
    }

    private Charge captured(String intentId) {
        return books.intent(intentId)
                .progress()
                .latestChargeId()
                .flatMap(books::findCharge)
                .filter(Charge::captured)
                .orElseThrow(() -> refused("Nothing is captured."));
    }

    private void warn(Charge charge, Execution execution) {
        JsonObject warning =
                new JsonObject()
                        .put("id", books.ids().other("issfr"))
                        .put("object", "radar.early_fraud_warning")
                        .put("actionable", true)
                        .put("charge", charge.id())
                        .put("created", books.nowSeconds())
                        .put("fraud_type", "unauthorized_use_of_card")
                        .put("livemode", false)
                        .put("payment_intent", charge.paymentIntentId());
        execution.emit(books, "radar.early_fraud_warning.created", warning, charge.metadata());
    }

    private void open(Charge charge, String reason, long dueSeconds, Execution execution) {
        JsonObject card =
                new JsonObject()
                        .put("brand", charge.method().card().brand())
                        .put("case_type", "chargeback")
                        .put("network_reason_code", NETWORK_CODES.getOrDefault(reason, "10.4"));
        JsonObject dispute =
                new JsonObject()
                        .put("id", books.ids().other("du"))
                        .put("object", "dispute")
                        .put("amount", charge.capturedMinor())
                        .put("balance_transactions", new JsonArray())
                        .put("charge", charge.id())
                        .put("created", books.nowSeconds())
                        .put("currency", charge.currency().code())
                        .put("evidence", new JsonObject())
                        .put("evidence_details", evidence(dueSeconds, false))
                        .put("is_charge_refundable", false)
                        .put("livemode", false)
                        .put("metadata", new JsonObject())
                        .put("payment_intent", charge.paymentIntentId())
                        .put(
                                "payment_method_details",
                                new JsonObject().put("card", card).put("type", "card"))
                        .put("reason", reason)
                        .put("status", "needs_response");
        execution.emit(books, "charge.dispute.created", dispute.copy(), charge.metadata());
        dispute.getJsonArray("balance_transactions").add(withdrawal(charge, 1));
        execution.emit(books, "charge.dispute.funds_withdrawn", dispute.copy(), charge.metadata());
        disputes.put(charge.paymentIntentId(), dispute);
    }

    private static JsonObject evidence(long dueSeconds, boolean sent) {
        return new JsonObject()
                .put("due_by", dueSeconds)
                .put("has_evidence", sent)
                .put("past_due", false)
                .put("submission_count", sent ? 1 : 0);
    }

    /** The movement on the account; the other way round with a sign of -1. */
    private JsonObject withdrawal(Charge charge, int sign) {
        long amount = -sign * charge.capturedMinor();
        long fee = sign * DISPUTE_FEE_MINOR;
        return new JsonObject()
                .put("id", books.ids().other("txn"))
                .put("object", "balance_transaction")
                .put("amount", amount)
                .put("created", books.nowSeconds())
                .put("currency", charge.currency().code())
                .put("fee", fee)
                .put("net", amount - fee)
                .put("reporting_category", sign > 0 ? "dispute" : "dispute_reversal")
                .put("type", "adjustment");
    }

    private void close(String intentId, boolean won, Execution execution) {
        JsonObject dispute = disputes.remove(intentId);
        if (dispute == null) {
            throw refused("There is no open dispute.");
        }
        Charge charge = captured(intentId);
        long due = dispute.getJsonObject("evidence_details").getLong("due_by");
        dispute.put("status", "under_review").put("evidence_details", evidence(due, true));
        execution.emit(books, "charge.dispute.updated", dispute.copy(), charge.metadata());
        dispute.put("status", won ? "won" : "lost");
        if (won) {
            dispute.getJsonArray("balance_transactions").add(withdrawal(charge, -1));
            execution.emit(
                    books, "charge.dispute.funds_reinstated", dispute.copy(), charge.metadata());
        }
        execution.emit(books, "charge.dispute.closed", dispute.copy(), charge.metadata());
    }

    private void failRefund(PaymentIntent intent, Execution execution) {
        Refund refund =
                books.lastRefundOf(intent.id())
                        .orElseThrow(() -> refused("There is no refund."))
                        .fail();
        Charge charge =
                books.findCharge(refund.chargeId())
                        .orElseThrow(() -> refused("There is no charge."))
                        .refund(-refund.amountMinor());
        books.put(refund);
        books.put(charge);
        books.ledger().refund(intent.id(), intent.terms().currency().code(), -refund.amountMinor());
        execution.emit(books, "refund.updated", refund, true);
        execution.emit(books, "refund.failed", refund, true);
        execution.emit(books, "charge.refund.updated", refund, true);
    }

    private void transfer(Charge charge, String vendor, long amountMinor, Execution execution) {
        JsonObject transfer =
                new JsonObject()
                        .put("id", books.ids().object("tr"))
                        .put("object", "transfer")
                        .put("amount", amountMinor)
                        .put("amount_reversed", 0)
                        .put("created", books.nowSeconds())
                        .put("currency", charge.currency().code())
                        .put("destination", "acct_" + vendor)
                        .put("livemode", false)
                        .put("metadata", new JsonObject())
                        .put("reversed", false)
                        .put("source_transaction", charge.id())
                        .put("transfer_group", "group_" + charge.paymentIntentId());
        execution.emit(books, "transfer.created", transfer, charge.metadata());
    }

    private void payOut(long amountMinor, String currency, boolean fails, Execution execution) {
        JsonObject payout =
                new JsonObject()
                        .put("id", books.ids().other("po"))
                        .put("object", "payout")
                        .put("amount", amountMinor)
                        .put("arrival_date", books.nowSeconds())
                        .put("automatic", true)
                        .put("created", books.nowSeconds())
                        .put("currency", currency.toLowerCase(Locale.ROOT))
                        .putNull("failure_code")
                        .put("livemode", false)
                        .put("method", "standard")
                        .put("reconciliation_status", "in_progress")
                        .put("status", "in_transit")
                        .put("type", "bank_account");
        execution.emit(books, "payout.created", payout.copy(), Map.of());
        if (fails) {
            payout.put("status", "failed")
                    .put("failure_code", "account_closed")
                    .put("failure_message", "The bank account has been closed.");
            execution.emit(books, "payout.failed", payout, Map.of());
            return;
        }
        payout.put("status", "paid");
        execution.emit(books, "payout.paid", payout.copy(), Map.of());
        payout.put("reconciliation_status", "completed");
        execution.emit(books, "payout.reconciliation_completed", payout, Map.of());
    }
}
