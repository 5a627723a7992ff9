package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What befalls payments afterwards, and how PayPal tells of it
 * (developer.paypal.com/docs/api/customer-disputes/v1, payments.payouts-batch/v1). Confined to the
 * lock of {@link PayPalGateway}.
 */
final class PayPalAftermath {
    private static final Map<String, String> REASONS =
            Map.of(
                    "fraudulent", "UNAUTHORISED",
                    "product_not_received", "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
                    "product_unacceptable", "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED",
                    "duplicate", "DUPLICATE_TRANSACTION",
                    "credit_not_processed", "CREDIT_NOT_PROCESSED");

    private final Books books;
    private final Settlement settlement;
    private final PayPalJson json;
    private final Announcer announcer;
    private final Map<String, JsonObject> disputes = new HashMap<>();

    PayPalAftermath(Books books, Settlement settlement, PayPalJson json, Announcer announcer) {
        this.books = books;
        this.settlement = settlement;
        this.json = json;
        this.announcer = announcer;
    }

    void befall(String orderId, Aftermath aftermath, Execution execution) {
        switch (aftermath) {
            case Aftermath.FraudWarned() -> {
                Capture capture = captured(orderId);
                JsonObject dispute = dispute(capture, "fraudulent").put("status", "UNDER_REVIEW");
                tell(PayPalEventType.RISK_DISPUTE_CREATED, dispute, capture, execution);
            }
            case Aftermath.DisputeOpened(String reason, long dueMillis) ->
                    open(captured(orderId), reason, books.now().plusMillis(dueMillis), execution);
            case Aftermath.DisputeClosed(boolean won) -> close(orderId, won, execution);
            case Aftermath.CaptureUndone() -> undo(captured(orderId), execution);
            case Aftermath.RefundFailed() -> failRefund(orderId, execution);
            case Aftermath.Expired() -> {
                List<Authorization> held = books.authorizationsOf(orderId);
                if (held.isEmpty() || held.getLast().heldMinor() == 0) {
                    throw refused("NO_HOLD", "There is no hold to expire.");
                }
                settlement.release(held.getLast(), execution);
            }
            case Aftermath.Transferred(String vendor, long amountMinor) ->
                    transfer(books.order(orderId), vendor, amountMinor, execution);
            case Aftermath.PaidOut(long amountMinor, String currency, boolean fails) ->
                    payOut(amountMinor, currency, fails, execution);
        }
    }

    private static PayPalRefusal refused(String issue, String description) {
        return PayPalRefusal.unprocessable(issue, description);
    }

    private Capture captured(String orderId) {
        return books.capturesOf(orderId).reversed().stream()
                .filter(c -> c.refundableMinor() > 0 && !books.isUndone(c))
                .findFirst()
                .orElseThrow(() -> refused("NOT_CAPTURED", "Nothing is captured."));
    }

    private void tell(
            PayPalEventType type, JsonObject dispute, Capture capture, Execution execution) {
        announcer.tell(
                type,
                "A dispute of " + capture.amount().inWords(),
                dispute.copy(),
                capture.unit().metadata(),
                execution);
    }

    private JsonObject dispute(Capture capture, String reason) {
        String id = "PP-R-" + books.ids().object().substring(0, 3) + "-" + books.ids().object();
        JsonObject transaction =
                new JsonObject()
                        .put("seller_transaction_id", capture.id())
                        .put("create_time", PayPalJson.time(capture.created()))
                        .put("transaction_status", "COMPLETED")
                        .put("gross_amount", capture.amount().toJson());
        capture.invoiceId().ifPresent(invoice -> transaction.put("invoice_number", invoice));
        capture.unit().customId().ifPresent(custom -> transaction.put("custom", custom));
        return new JsonObject()
                .put("dispute_id", id)
                .put("create_time", PayPalJson.time(books.now()))
                .put("update_time", PayPalJson.time(books.now()))
                .put("disputed_transactions", new JsonArray().add(transaction))
                .put("reason", REASONS.getOrDefault(reason, "OTHER"))
                .put("dispute_amount", capture.amount().toJson())
                .put("dispute_channel", "INTERNAL");
    }

    private void open(Capture capture, String reason, Instant due, Execution execution) {
        JsonObject dispute =
                dispute(capture, reason)
                        .put("status", "WAITING_FOR_SELLER_RESPONSE")
                        .put("dispute_state", "REQUIRED_ACTION")
                        .put("dispute_life_cycle_stage", "CHARGEBACK")
                        .put("seller_response_due_date", PayPalJson.time(due));
        disputes.put(capture.orderId(), dispute);
        tell(PayPalEventType.CUSTOMER_DISPUTE_CREATED, dispute, capture, execution);
    }

    private void close(String orderId, boolean won, Execution execution) {
        JsonObject dispute = disputes.remove(orderId);
        if (dispute == null) {
            throw refused("NO_DISPUTE", "There is no open dispute.");
        }
        Capture capture = books.capturesOf(orderId).getLast();
        dispute.put("status", "UNDER_REVIEW")
                .put("dispute_state", "UNDER_PAYPAL_REVIEW")
                .put("update_time", PayPalJson.time(books.now()));
        tell(PayPalEventType.CUSTOMER_DISPUTE_UPDATED, dispute, capture, execution);
        JsonObject outcome =
                new JsonObject()
                        .put(
                                "outcome_code",
                                won ? "RESOLVED_SELLER_FAVOUR" : "RESOLVED_BUYER_FAVOUR")
                        .put(
                                "amount_refunded",
                                capture.amount().of(won ? 0 : capture.amount().minor()).toJson());
        dispute.put("status", "RESOLVED")
                .put("dispute_state", "RESOLVED")
                .put("dispute_outcome", outcome);
        tell(PayPalEventType.CUSTOMER_DISPUTE_RESOLVED, dispute, capture, execution);
    }

    private void undo(Capture capture, Execution execution) {
        long amount = capture.refundableMinor();
        books.undo(capture);
        books.ledger()
                .capture(capture.orderId(), capture.amount().currency().code(), 0, -amount, amount);
        JsonObject reversal =
                new JsonObject()
                        .put("id", books.ids().object())
                        .put("amount", capture.amount().of(amount).toJson())
                        .put("status", "COMPLETED")
                        .put("create_time", PayPalJson.time(books.now()))
                        .put("update_time", PayPalJson.time(books.now()))
                        .put("links", reversalLinks(capture));
        capture.unit().customId().ifPresent(custom -> reversal.put("custom_id", custom));
        capture.invoiceId().ifPresent(invoice -> reversal.put("invoice_id", invoice));
        announcer.tell(
                PayPalEventType.PAYMENT_CAPTURE_REVERSED,
                "A " + capture.amount().inWords() + " capture payment was reversed",
                reversal,
                capture.unit().metadata(),
                execution);
    }

    private JsonArray reversalLinks(Capture capture) {
        String payments = json.baseUrl() + "/v2/payments";
        return new JsonArray()
                .add(PayPalJson.link(payments + "/captures/" + capture.id(), "up", "GET"));
    }

    private void failRefund(String orderId, Execution execution) {
        List<Refund> refunds = books.refundsOf(orderId);
        if (refunds.isEmpty()) {
            throw refused("NO_REFUND", "There is no refund.");
        }
        Refund refund = refunds.getLast();
        Capture capture = books.capture(refund.captureId());
        books.put(capture.refunded(-refund.amount().minor(), books.now()));
        books.ledger().refund(orderId, refund.amount().currency().code(), -refund.amount().minor());
        JsonObject failed =
                json.refund(refund)
                        .put("status", "FAILED")
                        .put("update_time", PayPalJson.time(books.now()));
        announcer.tell(
                PayPalEventType.PAYMENT_REFUND_FAILED,
                "A " + refund.amount().inWords() + " refund failed",
                failed,
                capture.unit().metadata(),
                execution);
    }

    private void transfer(Order order, String vendor, long amountMinor, Execution execution) {
        Money amount = order.unit().amount().of(amountMinor);
        JsonObject item =
                new JsonObject()
                        .put("payout_item_id", books.ids().object())
                        .put("payout_batch_id", books.ids().object())
                        .put("transaction_status", "SUCCESS")
                        .put("time_processed", PayPalJson.time(books.now()))
                        .put(
                                "payout_item",
                                new JsonObject()
                                        .put("recipient_type", "PAYPAL_ID")
                                        .put("receiver", vendor)
                                        .put("amount", payoutAmount(amount))
                                        .put(
                                                "sender_item_id",
                                                order.unit().invoiceId().orElse("")));
        announcer.tell(
                PayPalEventType.PAYMENT_PAYOUTS_ITEM_SUCCEEDED,
                "A payout item has succeeded",
                item,
                order.unit().metadata(),
                execution);
    }

    /** Payouts write {@code currency} where payments write {@code currency_code}. */
    private static JsonObject payoutAmount(Money amount) {
        return new JsonObject()
                .put("currency", amount.currency().code())
                .put("value", amount.value());
    }

    private void payOut(long amountMinor, String currency, boolean fails, Execution execution) {
        PayPalCurrency known =
                PayPalCurrency.of(currency)
                        .orElseThrow(() -> refused("CURRENCY", "Unknown currency."));
        JsonObject header =
                new JsonObject()
                        .put("payout_batch_id", books.ids().object())
                        .put("batch_status", fails ? "DENIED" : "SUCCESS")
                        .put("time_created", PayPalJson.time(books.now()))
                        .put("time_completed", PayPalJson.time(books.now()))
                        .put("amount", payoutAmount(new Money(amountMinor, known)));
        announcer.tell(
                fails
                        ? PayPalEventType.PAYMENT_PAYOUTSBATCH_DENIED
                        : PayPalEventType.PAYMENT_PAYOUTSBATCH_SUCCESS,
                fails ? "Payouts batch got denied" : "Payouts batch completed successfully",
                new JsonObject().put("batch_header", header),
                Map.of(),
                execution);
    }
}
