package io.paybeacon.sandbox.market.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.paybeacon.sandbox.market.generate.Course.Authentication;
import io.paybeacon.sandbox.market.generate.Happening;
import io.paybeacon.sandbox.market.generate.OrderLine;
import io.paybeacon.sandbox.market.generate.Payer;
import java.io.IOException;
import java.time.Instant;

/**
 * The content of each kind of message. Amounts are {@code {"value": minor units, "currency": ISO
 * 4217}}.
 */
record EventData(JsonGenerator json) {
    private static final String PREFIX = "paybeacon.";

    /** The type of its CloudEvent. */
    static String type(Happening happening) {
        return PREFIX
                + switch (happening) {
                    case Happening.OrderPlaced _ -> "order.placed";
                    case Happening.CallFailed _ -> "payment.unknown";
                    case Happening.PaymentCreated _ -> "payment.created";
                    case Happening.ActionRequired _ -> "payment.action_required";
                    case Happening.Authenticated _ -> "payment.authenticated";
                    case Happening.PaymentPending _ -> "payment.processing";
                    case Happening.Authorised _ -> "payment.authorised";
                    case Happening.Declined _ -> "payment.failed";
                    case Happening.Captured _ -> "payment.captured";
                    case Happening.CaptureUndone _ -> "payment.capture_undone";
                    case Happening.Voided _ -> "payment.cancelled";
                    case Happening.Expired _ -> "payment.expired";
                    case Happening.RefundCreated _ -> "refund.pending";
                    case Happening.RefundEnded ended ->
                            ended.succeeded() ? "refund.succeeded" : "refund.failed";
                    case Happening.FraudWarned _ -> "dispute.fraud_warning";
                    case Happening.DisputeOpened _ -> "dispute.needs_response";
                    case Happening.DisputeClosed closed ->
                            closed.won() ? "dispute.won" : "dispute.lost";
                    case Happening.FeeCharged _ -> "fee.charged";
                    case Happening.SettlementLine _ -> "settlement.line";
                    case Happening.PayoutSent _ -> "payout.in_transit";
                    case Happening.PayoutEnded ended ->
                            ended.paid() ? "payout.paid" : "payout.failed";
                    case Happening.TransferMade _ -> "transfer.paid";
                    case Happening.TransferReversed _ -> "transfer.reversed";
                    case Happening.Complained _ -> "complaint.opened";
                    case Happening.Rated _ -> "rating.given";
                };
    }

    void write(Happening happening) throws IOException {
        switch (happening) {
            case Happening.OfPayment ofPayment -> {
                json.writeStringField("payment", ofPayment.payment());
                payment(ofPayment);
            }
            case Happening.OfPlatform ofPlatform -> platform(ofPlatform);
            case Happening.SettlementLine line -> {
                json.writeStringField("batch", line.batch());
                json.writeStringField("payment", line.payment());
                json.writeStringField("operation", line.operation());
                amount("gross", line.grossMinor(), line.currency());
                amount("fee", line.feeMinor(), line.currency());
            }
            case Happening.PayoutSent sent -> {
                json.writeStringField("payout", sent.payout());
                json.writeStringField("batch", sent.batch());
                amount("amount", sent.amountMinor(), sent.currency());
                time("arrives", sent.arrivesMillis());
            }
            case Happening.PayoutEnded ended -> {
                json.writeStringField("payout", ended.payout());
                amount("amount", ended.amountMinor(), ended.currency());
            }
        }
    }

    private void payment(Happening.OfPayment happening) throws IOException {
        switch (happening) {
            case Happening.PaymentCreated created -> {
                json.writeStringField("order", created.order());
                amount("amount", created.amountMinor(), created.currency());
                payer(created.payer());
            }
            case Happening.ActionRequired _, Happening.PaymentPending _ -> {
                // The type says it all.
            }
            case Happening.Authenticated authenticated ->
                    json.writeBooleanField(
                            "challenged", authenticated.how() == Authentication.CHALLENGE);
            case Happening.Authorised held -> amount("amount", held.amountMinor(), held.currency());
            case Happening.Declined declined ->
                    json.writeStringField("cause", declined.reason().label());
            case Happening.Captured captured ->
                    operation(captured.operation(), captured.amountMinor(), captured.currency());
            case Happening.CaptureUndone undone ->
                    operation(undone.operation(), undone.amountMinor(), undone.currency());
            case Happening.Voided voided ->
                    amount("amount", voided.amountMinor(), voided.currency());
            case Happening.Expired expired ->
                    amount("amount", expired.amountMinor(), expired.currency());
            case Happening.RefundCreated refund ->
                    named("refund", refund.refund(), refund.amountMinor(), refund.currency());
            case Happening.RefundEnded refund ->
                    named("refund", refund.refund(), refund.amountMinor(), refund.currency());
            case Happening.FraudWarned warned ->
                    named("dispute", warned.warning(), warned.amountMinor(), warned.currency());
            case Happening.DisputeOpened opened -> {
                named("dispute", opened.dispute(), opened.amountMinor(), opened.currency());
                json.writeStringField("reason", opened.reason());
                time("due", opened.dueMillis());
            }
            case Happening.DisputeClosed closed ->
                    named("dispute", closed.dispute(), closed.amountMinor(), closed.currency());
            case Happening.FeeCharged fee ->
                    operation(fee.operation(), fee.amountMinor(), fee.currency());
        }
    }

    private void platform(Happening.OfPlatform happening) throws IOException {
        switch (happening) {
            case Happening.OrderPlaced placed -> {
                json.writeStringField("order", placed.order());
                json.writeStringField("customer", placed.customer());
                amount("amount", placed.amountMinor(), placed.currency());
                json.writeArrayFieldStart("lines");
                for (OrderLine line : placed.lines()) {
                    json.writeStartObject();
                    json.writeStringField("product", line.product());
                    json.writeStringField("vendor", line.vendor());
                    amount("amount", line.amountMinor(), placed.currency());
                    amount("share", line.shareMinor(), placed.currency());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            case Happening.CallFailed failed -> {
                json.writeStringField("order", failed.order());
                json.writeStringField("payment", failed.payment());
            }
            case Happening.TransferMade made -> {
                named("transfer", made.transfer(), made.amountMinor(), made.currency());
                json.writeStringField("order", made.order());
                json.writeStringField("vendor", made.vendor());
            }
            case Happening.TransferReversed back -> {
                named("transfer", back.transfer(), back.amountMinor(), back.currency());
                json.writeStringField("order", back.order());
                json.writeStringField("vendor", back.vendor());
            }
            case Happening.Complained complained -> {
                json.writeStringField("complaint", complained.complaint());
                json.writeStringField("order", complained.order());
                json.writeStringField("customer", complained.customer());
                json.writeStringField("topic", complained.topic());
            }
            case Happening.Rated rated -> {
                json.writeStringField("rating", rated.rating());
                json.writeStringField("order", rated.order());
                json.writeStringField("vendor", rated.vendor());
                json.writeStringField("customer", rated.customer());
                json.writeNumberField("stars", rated.stars());
            }
        }
    }

    private void payer(Payer payer) throws IOException {
        json.writeStringField("method", payer.method());
        if (payer.card()) {
            json.writeStringField("network", payer.network());
        }
        json.writeStringField("issuer", payer.issuer());
        json.writeStringField("country", payer.country());
    }

    private void operation(String operation, long minor, String currency) throws IOException {
        named("operation", operation, minor, currency);
    }

    private void named(String kind, String name, long minor, String currency) throws IOException {
        json.writeStringField(kind, name);
        amount("amount", minor, currency);
    }

    private void amount(String field, long minor, String currency) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("value", minor);
        json.writeStringField("currency", currency);
        json.writeEndObject();
    }

    private void time(String field, long epochMillis) throws IOException {
        json.writeStringField(field, Instant.ofEpochMilli(epochMillis).toString());
    }
}
