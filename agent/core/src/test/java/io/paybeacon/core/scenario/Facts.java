package io.paybeacon.core.scenario;

import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;

/** The words in which scenarios say facts. */
public final class Facts {
    private Facts() {}

    /** The payment itself was in this status. */
    public static PaymentFact payment(PaymentStatus status) {
        return new StatusReported(PaymentFact.NO_ATTEMPT, status);
    }

    public static PaymentFact attempt(String id, PaymentStatus status) {
        return new StatusReported(id, status);
    }

    public static PaymentFact declined(String attempt, DeclineCause cause, String code) {
        return new Declined(attempt, cause, code);
    }

    public static PaymentFact requested(long minorUnits, String currency) {
        return new Requested(Money.of(minorUnits, currency));
    }

    public static PaymentFact held(String operation, long minorUnits, String currency) {
        return new Authorised(operation, Money.of(minorUnits, currency));
    }

    public static PaymentFact collected(String operation, long minorUnits, String currency) {
        return new Captured(operation, Money.of(minorUnits, currency));
    }

    public static PaymentFact undone(String operation, long minorUnits, String currency) {
        return new CaptureUndone(operation, Money.of(minorUnits, currency));
    }

    public static PaymentFact refund(
            String id, long minorUnits, String currency, RefundStatus status) {
        return new Refunded(id, Money.of(minorUnits, currency), status);
    }

    public static PaymentFact order(String reference) {
        return new Described(Property.MERCHANT_REFERENCE, reference);
    }

    public static PaymentFact method(String method) {
        return new Described(Property.METHOD, method);
    }
}
