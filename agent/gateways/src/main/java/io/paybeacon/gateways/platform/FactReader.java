package io.paybeacon.gateways.platform;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.PaymentFact.HoldExpires;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.RefundStatus;
import java.util.ArrayList;
import java.util.List;

/** The facts about a payment. */
final class FactReader {
    private FactReader() {}

    /** Those of an event: one at least. */
    static List<PaymentFact> facts(DataObject data) throws RejectedException {
        List<PaymentFact> facts = new ArrayList<>();
        for (DataObject object : data.objects("facts")) {
            facts.add(fact(object));
            object.end();
        }
        if (facts.isEmpty()) {
            throw data.missing("facts", "one fact at least");
        }
        return facts;
    }

    private static PaymentFact fact(DataObject fact) throws RejectedException {
        return switch (fact.word("fact", FactKind.NAMES)) {
            case STATUS ->
                    new StatusReported(
                            fact.textOr("attempt", ""), fact.word("status", PaymentStatus.NAMES));
            case DECLINED ->
                    new Declined(
                            fact.textOr("attempt", ""),
                            fact.word("cause", DeclineCause.NAMES),
                            fact.textOr("code", ""),
                            fact.textOr("advice", ""));
            case AUTHENTICATED ->
                    new Authenticated(
                            fact.textOr("attempt", ""),
                            fact.word("outcome", AuthenticationOutcome.NAMES));
            case HOLD_EXPIRES -> new HoldExpires(fact.text("operation"), fact.instant("at"));
            case DISPUTED ->
                    new Disputed(fact.text("dispute"), fact.word("status", DisputeStatus.NAMES));
            case REQUESTED -> new Requested(fact.money("amount"));
            case AUTHORISED -> new Authorised(fact.text("operation"), fact.money("amount"));
            case CAPTURED -> new Captured(fact.text("operation"), fact.money("amount"));
            case CAPTURE_UNDONE -> new CaptureUndone(fact.text("operation"), fact.money("amount"));
            case REFUNDED ->
                    new Refunded(
                            fact.text("refund"),
                            fact.money("amount"),
                            fact.word("status", RefundStatus.NAMES));
            case DESCRIBED ->
                    new Described(fact.word("property", Property.NAMES), fact.text("value"));
        };
    }
}
