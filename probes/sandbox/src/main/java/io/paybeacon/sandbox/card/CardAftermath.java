package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.card.Authorization.Amounts;
import io.paybeacon.sandbox.card.Authorization.Decision;
import io.paybeacon.sandbox.gateway.Aftermath;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What befalls payments afterwards, and how the processor tells of it. Confined to the lock of
 * {@link CardProcessor}.
 */
final class CardAftermath {
    private final CardBooks books;
    private final Movements movements;
    private final Map<String, JsonObject> disputes = new HashMap<>();

    CardAftermath(CardBooks books, Movements movements) {
        this.books = books;
        this.movements = movements;
    }

    void befall(String id, Aftermath aftermath, CardExecution execution) {
        switch (aftermath) {
            case Aftermath.FraudWarned() -> {
                JsonObject warning = about(captured(id), "frw", "fraud_warning");
                execution.emit(CardEvent.FRAUD_WARNED, warning, books.authorization(id));
            }
            case Aftermath.DisputeOpened(String reason, long dueMillis) ->
                    open(captured(id), reason, books.now().plusMillis(dueMillis), execution);
            case Aftermath.DisputeClosed(boolean won) ->
                    close(books.authorization(id), won, execution);
            case Aftermath.CaptureUndone() -> undo(captured(id), execution);
            case Aftermath.RefundFailed() -> failRefund(books.authorization(id), execution);
            case Aftermath.Expired() -> movements.expire(id, execution);
            case Aftermath.Transferred(String vendor, long amountMinor) -> {
                Authorization a = books.authorization(id);
                JsonObject transfer =
                        about(a, "trf", "transfer")
                                .put("vendor", vendor)
                                .put("amount", CardJson.amount(amountMinor, a.terms().currency()));
                execution.emit(CardEvent.TRANSFERRED, transfer, a);
            }
            case Aftermath.PaidOut(long amountMinor, String currency, boolean fails) ->
                    payOut(amountMinor, currency, fails, execution);
        }
    }

    private Authorization captured(String id) {
        Authorization a = books.authorization(id);
        if (a.amounts().capturedMinor() == 0) {
            throw CardRefusal.state("nothing was captured: it is " + a.status());
        }
        return a;
    }

    private JsonObject about(Authorization a, String prefix, String object) {
        return new JsonObject()
                .put("id", books.newId(prefix))
                .put("object", object)
                .put("authorization", a.id())
                .put("amount", CardJson.amount(a.amounts().capturedMinor(), a.terms().currency()))
                .put("reference", a.terms().reference())
                .put("created", books.now().toString());
    }

    private void open(Authorization a, String reason, Instant due, CardExecution execution) {
        JsonObject dispute =
                about(a, "dsp", "dispute")
                        .put("status", "needs_response")
                        .put("reason", reason)
                        .put("respondBy", due.toString());
        disputes.put(a.id(), dispute);
        execution.emit(CardEvent.DISPUTE_REPORTED, dispute.copy(), a);
    }

    private void close(Authorization a, boolean won, CardExecution execution) {
        JsonObject dispute = disputes.remove(a.id());
        if (dispute == null) {
            throw CardRefusal.state("there is no open dispute");
        }
        dispute.put("status", won ? "won" : "lost");
        execution.emit(CardEvent.DISPUTE_REPORTED, dispute, a);
    }

    /** The acquirer gave the last capture back: the money is where it was before the payment. */
    private void undo(Authorization a, CardExecution execution) {
        Capture capture = books.capturesOf(a.id()).getLast();
        long amount = capture.refundableMinor();
        Amounts before = a.amounts();
        Authorization after =
                a.with(
                                new Amounts(
                                        before.heldMinor(),
                                        before.capturedMinor() - amount,
                                        before.refundedMinor(),
                                        before.releasedMinor() + amount))
                        .decided(Decision.UNDONE, a.response(), a.approvalCode());
        books.put(after);
        books.ledger().capture(a.id(), a.terms().currency(), 0, -amount, amount);
        JsonObject json =
                CardJson.capture(capture, after)
                        .put("status", "reversed")
                        .put("amount", CardJson.amount(amount, a.terms().currency()));
        execution.emit(CardEvent.CAPTURE_REVERSED, json, after);
    }

    private void failRefund(Authorization a, CardExecution execution) {
        List<Refund> refunds = books.refundsOf(a.id());
        if (refunds.isEmpty()) {
            throw CardRefusal.state("there is no refund: it is " + a.status());
        }
        Refund refund = refunds.getLast();
        Amounts before = a.amounts();
        Authorization after =
                a.with(
                        new Amounts(
                                before.heldMinor(),
                                before.capturedMinor(),
                                before.refundedMinor() - refund.amountMinor(),
                                before.releasedMinor()));
        books.put(after);
        books.put(books.capture(refund.captureId()).refunded(-refund.amountMinor()));
        books.ledger().refund(a.id(), a.terms().currency(), -refund.amountMinor());
        execution.emit(
                CardEvent.REFUND_FAILED,
                CardJson.refund(refund, after).put("status", "failed"),
                after);
    }

    private void payOut(long amountMinor, String currency, boolean fails, CardExecution execution) {
        JsonObject payout =
                new JsonObject()
                        .put("id", books.newId("pay"))
                        .put("object", "payout")
                        .put("amount", CardJson.amount(amountMinor, currency))
                        .put("created", books.now().toString());
        execution.emit(CardEvent.PAYOUT_REPORTED, payout.copy().put("status", "in_transit"));
        execution.emit(CardEvent.PAYOUT_REPORTED, payout.put("status", fails ? "failed" : "paid"));
    }
}
