package io.paybeacon.core.payment;

import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a payment counts as stuck, and what to say about it. */
final class StuckRule {
    private StuckRule() {}

    /** When the payment has been in its status for too long; null when it never is. */
    static @Nullable Instant dueAt(Payment payment, Reference reference) {
        PaymentStatus status = payment.status();
        Duration limit = status.open() ? reference.stuckAfter(status) : null;
        return limit == null ? null : payment.since().plus(limit);
    }

    /** The finding's id: a payment that gets stuck again, elsewhere or later, has another. */
    static String id(Payment payment) {
        return FindingKind.STUCK_PAYMENT.label()
                + "|"
                + payment.id().key()
                + "|"
                + payment.status().label()
                + "|"
                + payment.since().toEpochMilli();
    }

    static Finding finding(Payment payment, Instant now) {
        PaymentStatus status = payment.status();
        Map<String, String> evidence = new HashMap<>();
        evidence.put("status", status.label());
        evidence.put("since", payment.since().toString());
        String order = payment.property(Property.MERCHANT_REFERENCE);
        if (order != null) {
            evidence.put("order", order);
        }
        return new Finding(
                id(payment),
                FindingKind.STUCK_PAYMENT,
                status.holdsMoney() ? Severity.CRITICAL : Severity.WARNING,
                payment.id().gateway(),
                payment.id().key(),
                now,
                atStake(payment),
                cause(status),
                remedy(status),
                evidence);
    }

    /**
     * How the finding ended. News that had happened before it was opened came late: the payment was
     * never stuck.
     */
    static Resolution resolution(Finding open, Payment after) {
        return after.since().isBefore(open.openedAt())
                ? Resolution.SUPERSEDED
                : Resolution.RESOLVED;
    }

    private static @Nullable Money atStake(Payment payment) {
        if (payment.status().holdsMoney() && payment.authorised().size() == 1) {
            return payment.authorised().getFirst().amount();
        }
        return payment.requested() == null ? null : payment.requested().value();
    }

    private static String cause(PaymentStatus status) {
        return switch (status) {
            case ACTION_REQUIRED ->
                    "The customer did not finish 3-D Secure or the redirect, or the gateway's"
                            + " message about it was lost.";
            case PROCESSING -> "The bank or the network has not answered the gateway yet.";
            case AUTHORISED, PARTIALLY_CAPTURED ->
                    "The amount is held and was not captured in full; the hold will run out.";
            case UNKNOWN -> "A call to the gateway timed out, and nobody fetched the truth.";
            case CREATED ->
                    "The customer left before paying, or the gateway's messages about it were"
                            + " lost.";
            case FAILED, EXPIRED, CANCELLED, CAPTURED ->
                    throw new IllegalArgumentException("not open: " + status);
        };
    }

    private static String remedy(PaymentStatus status) {
        return switch (status) {
            case ACTION_REQUIRED ->
                    "Look the payment up at the gateway; if it still waits, ask the customer to"
                            + " confirm in the banking app or to pay in another way.";
            case PROCESSING -> "Look the payment up at the gateway before anything is tried again.";
            case AUTHORISED, PARTIALLY_CAPTURED ->
                    "Capture what was delivered, or cancel the rest.";
            case UNKNOWN -> "Look the payment up at the gateway; do not charge again before.";
            case CREATED -> "Look the payment up at the gateway; cancel it if nobody will pay it.";
            case FAILED, EXPIRED, CANCELLED, CAPTURED ->
                    throw new IllegalArgumentException("not open: " + status);
        };
    }
}
