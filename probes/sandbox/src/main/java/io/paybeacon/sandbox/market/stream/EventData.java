package io.paybeacon.sandbox.market.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.paybeacon.sandbox.market.generate.Happening;
import io.paybeacon.sandbox.market.generate.OrderLine;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The content of each kind of message, as Paybeacon's schema of platform events has it.
 *
 * @param atMillis when it happened, epoch milliseconds
 */
record EventData(JsonGenerator json, long atMillis) {
    private static final int STARS_MAX = 5;

    /** The type of its CloudEvent. */
    static String type(Happening happening) {
        return "io.paybeacon."
                + switch (happening) {
                    case Happening.OrderPlaced _ -> "order.placed";
                    case Happening.CallFailed _ -> "payment.observed";
                    case Happening.FraudWarned _ -> "fraud.warned";
                    case Happening.DisputeOpened _, Happening.DisputeClosed _ -> "dispute.reported";
                    case Happening.FeeCharged _ -> "fee.charged";
                    case Happening.OfPayment _ -> "payment.observed";
                    case Happening.SettlementLine _ -> "settlement.line";
                    case Happening.PayoutSent _, Happening.PayoutEnded _ -> "payout.reported";
                    case Happening.TransferMade _ -> "transfer.reported";
                    case Happening.TransferReversed _ -> "transfer.reversed";
                    case Happening.Complained _ -> "feedback.complained";
                    case Happening.Rated _ -> "feedback.rated";
                }
                + ".v1";
    }

    void write(Happening happening) throws IOException {
        switch (happening) {
            case Happening.FraudWarned warned -> {
                reference("dispute", warned.gateway(), warned.warning());
                payment(warned.payment());
                json.writeBooleanField("actionable", true);
            }
            case Happening.DisputeOpened opened -> {
                reference("dispute", opened.gateway(), opened.dispute());
                payment(opened.payment());
                json.writeStringField("status", "needs_response");
                money("amount", opened.amountMinor(), opened.currency());
                json.writeStringField("reason", opened.reason());
                json.writeStringField(
                        "respondBy", Instant.ofEpochMilli(opened.dueMillis()).toString());
            }
            case Happening.DisputeClosed closed -> {
                reference("dispute", closed.gateway(), closed.dispute());
                payment(closed.payment());
                json.writeStringField("status", closed.won() ? "won" : "lost");
                money("amount", closed.amountMinor(), closed.currency());
            }
            case Happening.FeeCharged fee -> {
                reference("charged", fee.gateway(), own(fee.payment()));
                json.writeStringField("fee", fee.operation() + "_fee");
                json.writeStringField("kind", "processing");
                money("amount", fee.amountMinor(), fee.currency());
            }
            case Happening.OfPayment ofPayment -> {
                payment(ofPayment.payment());
                json.writeArrayFieldStart("facts");
                new FactList(json, atMillis).write(ofPayment);
                json.writeEndArray();
            }
            case Happening.CallFailed failed -> {
                payment(failed.payment());
                json.writeArrayFieldStart("facts");
                new FactList(json, atMillis).write(failed);
                json.writeEndArray();
            }
            case Happening.OfPlatform ofPlatform -> platform(ofPlatform);
            case Happening.SettlementLine line -> settlement(line);
            case Happening.PayoutSent sent -> {
                reference("payout", sent.gateway(), sent.payout());
                json.writeStringField("status", "in_transit");
                money("amount", sent.amountMinor(), sent.currency());
                json.writeStringField("arrivesOn", day(sent.arrivesMillis()));
            }
            case Happening.PayoutEnded ended -> {
                reference("payout", ended.gateway(), ended.payout());
                json.writeStringField("status", ended.paid() ? "paid" : "failed");
                money("amount", ended.amountMinor(), ended.currency());
                if (!ended.paid()) {
                    json.writeStringField("failureCode", "account_closed");
                }
            }
        }
    }

    private void settlement(Happening.SettlementLine line) throws IOException {
        json.writeStringField("report", line.batch());
        json.writeStringField("line", line.batch() + "_" + line.operation() + sign(line));
        json.writeStringField("kind", kind(line));
        reference("settled", line.gateway(), own(line.payment()));
        money("gross", line.grossMinor(), line.currency());
        money("fee", line.feeMinor(), line.currency());
        money("net", line.grossMinor() - line.feeMinor(), line.currency());
    }

    /** What goes back stands in a line of its own, maybe in the same report. */
    private static String sign(Happening.SettlementLine line) {
        return line.grossMinor() < 0 ? "_out" : "_in";
    }

    private static String kind(Happening.SettlementLine line) {
        boolean out = line.grossMinor() < 0;
        if (line.operation().contains("_ref")) {
            return "refund";
        }
        if (line.operation().contains("_dis")) {
            return out ? "dispute" : "dispute_reversal";
        }
        return out ? "adjustment" : "charge";
    }

    private void platform(Happening.OfPlatform happening) throws IOException {
        switch (happening) {
            case Happening.OrderPlaced placed -> order(placed);
            case Happening.CallFailed failed -> throw new IllegalArgumentException(failed.order());
            case Happening.TransferMade made -> {
                own("transfer", made.transfer());
                json.writeStringField("vendor", made.vendor());
                json.writeStringField("status", "booked");
                money("amount", made.amountMinor(), made.currency());
                json.writeStringField("order", made.order());
            }
            case Happening.TransferReversed back -> {
                own("transfer", back.transfer());
                json.writeStringField("reversal", back.transfer() + "_rev");
                money("amount", back.amountMinor(), back.currency());
            }
            case Happening.Complained complained -> {
                json.writeStringField("complaint", complained.complaint());
                json.writeStringField("from", "customer");
                json.writeStringField("order", complained.order());
                json.writeStringField("topic", complained.topic());
                json.writeBooleanField("open", true);
            }
            case Happening.Rated rated -> {
                json.writeStringField("rating", rated.rating());
                json.writeStringField("from", "customer");
                json.writeStringField("order", rated.order());
                json.writeNumberField("score", rated.stars());
                json.writeNumberField("outOf", STARS_MAX);
            }
        }
    }

    private void order(Happening.OrderPlaced placed) throws IOException {
        json.writeStringField("order", placed.order());
        json.writeStringField("customer", placed.customer());
        money("total", placed.amountMinor(), placed.currency());
        json.writeArrayFieldStart("lines");
        for (OrderLine line : placed.lines()) {
            json.writeStartObject();
            json.writeStringField("product", line.product());
            json.writeStringField("vendor", line.vendor());
            json.writeNumberField("quantity", 1);
            money("amount", line.amountMinor(), placed.currency());
            money("vendorShare", line.shareMinor(), placed.currency());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void payment(String key) throws IOException {
        int colon = key.indexOf(':');
        reference("payment", key.substring(0, colon), key.substring(colon + 1));
    }

    private static String own(String key) {
        return key.substring(key.indexOf(':') + 1);
    }

    private void reference(String field, String gateway, String reference) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("gateway", gateway);
        json.writeStringField("reference", reference);
        json.writeEndObject();
    }

    /** An object of the source itself. */
    private void own(String field, String reference) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("reference", reference);
        json.writeEndObject();
    }

    private void money(String field, long minor, String currency) throws IOException {
        json.writeFieldName(field);
        FactList.money(json, minor, currency);
    }

    private static String day(long epochMillis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC).toString();
    }
}
