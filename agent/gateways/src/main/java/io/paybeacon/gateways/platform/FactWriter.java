package io.paybeacon.gateways.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.PaymentFact.HoldExpires;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.money.Money;
import java.io.IOException;
import java.util.List;

/** The facts about a payment, written. */
final class FactWriter {
    private FactWriter() {}

    /** The field {@code facts}. */
    static void write(List<PaymentFact> facts, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("facts");
        for (PaymentFact fact : facts) {
            out.writeStartObject();
            write(fact, new FieldWriter(out));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(PaymentFact fact, FieldWriter out) throws IOException {
        switch (fact) {
            case StatusReported(var attempt, var status) -> {
                out.text("fact", FactKind.STATUS.label());
                out.optionalText("attempt", attempt);
                out.text("status", status.label());
            }
            case Declined(var attempt, var cause, var code, var advice) -> {
                out.text("fact", FactKind.DECLINED.label());
                out.optionalText("attempt", attempt);
                out.text("cause", cause.label());
                out.optionalText("code", code);
                out.optionalText("advice", advice);
            }
            case Authenticated(var attempt, var outcome) -> {
                out.text("fact", FactKind.AUTHENTICATED.label());
                out.optionalText("attempt", attempt);
                out.text("outcome", outcome.label());
            }
            case HoldExpires(var operation, var at) -> {
                out.text("fact", FactKind.HOLD_EXPIRES.label());
                out.text("operation", operation);
                out.text("at", at.toString());
            }
            case Disputed(var dispute, var status) -> {
                out.text("fact", FactKind.DISPUTED.label());
                out.text("dispute", dispute);
                out.text("status", status.label());
            }
            case Requested(var amount) -> {
                out.text("fact", FactKind.REQUESTED.label());
                out.money("amount", amount);
            }
            case Authorised(var operation, var amount) ->
                    operation(out, FactKind.AUTHORISED, operation, amount);
            case Captured(var operation, var amount) ->
                    operation(out, FactKind.CAPTURED, operation, amount);
            case CaptureUndone(var operation, var amount) ->
                    operation(out, FactKind.CAPTURE_UNDONE, operation, amount);
            case Refunded(var refund, var amount, var status) -> {
                out.text("fact", FactKind.REFUNDED.label());
                out.text("refund", refund);
                out.money("amount", amount);
                out.text("status", status.label());
            }
            case Described(var property, var value) -> {
                out.text("fact", FactKind.DESCRIBED.label());
                out.text("property", property.label());
                out.text("value", value);
            }
        }
    }

    private static void operation(FieldWriter out, FactKind kind, String operation, Money amount)
            throws IOException {
        out.text("fact", kind.label());
        out.text("operation", operation);
        out.money("amount", amount);
    }
}
