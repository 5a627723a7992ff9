package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.message.MalformedMessageException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PaymentIntent: the payment itself, and what it says of its latest charge. */
final class IntentMapping {
    private final StripeMessage message;
    private final StripeObject intent;
    private final @Nullable StripeObject error;
    private final @Nullable StripeObject embeddedCharge;
    private final @Nullable String latestCharge;
    private final @Nullable String failedCharge;
    private final Money requested;
    private final Money received;
    private final Money capturable;

    private IntentMapping(StripeMessage message) throws MalformedMessageException {
        this.message = message;
        this.intent = message.object();
        this.error = intent.child("last_payment_error");
        List<StripeObject> charges = intent.list("charges");
        StripeObject expanded = intent.child("latest_charge");
        this.embeddedCharge = expanded != null || charges.isEmpty() ? expanded : charges.getFirst();
        String latest = intent.id("latest_charge");
        this.latestCharge =
                latest == null && embeddedCharge != null ? embeddedCharge.id("id") : latest;
        this.failedCharge = error == null ? null : error.id("charge");
        this.requested = intent.money("amount");
        Money nothing = Money.zero(requested.currency());
        this.received =
                Objects.requireNonNullElse(intent.optionalMoney("amount_received"), nothing);
        this.capturable =
                Objects.requireNonNullElse(intent.optionalMoney("amount_capturable"), nothing);
    }

    /** Adds what the intent says. */
    static void map(StripeMessage message, StripeFacts out) throws MalformedMessageException {
        out.about(message.object().requiredId("id"));
        new IntentMapping(message).addTo(out);
    }

    private void addTo(StripeFacts out) throws MalformedMessageException {
        out.names(latestCharge);
        out.names(failedCharge);
        PaymentStatus status = status();
        String attempt = attempt(status);
        out.add(new StatusReported(attempt, status));
        if (status == PaymentStatus.FAILED) {
            out.add(
                    error == null
                            ? DeclineCodes.declined(attempt, "")
                            : DeclineCodes.declined(
                                    attempt,
                                    StripeFacts.advice(error),
                                    error.text("decline_code"),
                                    error.text("code"),
                                    error.text("type")));
        }
        out.add(new Requested(requested));
        if (latestCharge != null) {
            // Without a charge there is no operation to count the money under, and counting it
            // under a stand-in would double it as soon as the charge is told of.
            Money held = capturable.plus(received);
            if (!held.isZero()) {
                out.add(new Authorised(latestCharge, held));
            }
            if (!received.isZero()) {
                out.add(new Captured(latestCharge, received));
            }
        }
        out.describeOrder(intent, message.orderFields());
        String onlyMethod = intent.onlyWord("payment_method_types");
        out.describe(Property.METHOD, onlyMethod);
        if (embeddedCharge != null) {
            MethodDetails.describe(embeddedCharge, onlyMethod == null, out);
        }
        out.describeParties(message);
        addAuthentication(status, attempt, onlyMethod, out);
    }

    /** What the intent itself knows of 3-D Secure; how it ended well, the charge says. */
    private void addAuthentication(
            PaymentStatus status, String attempt, @Nullable String onlyMethod, StripeFacts out) {
        boolean failed =
                error != null && "payment_intent_authentication_failure".equals(error.text("code"));
        StripeObject action = intent.child("next_action");
        if (status == PaymentStatus.FAILED && failed) {
            out.add(new Authenticated(attempt, AuthenticationOutcome.CHALLENGE_FAILED));
        } else if (status == PaymentStatus.ACTION_REQUIRED
                && "card".equals(onlyMethod)
                && action != null) {
            out.add(new Authenticated(attempt, AuthenticationOutcome.CHALLENGE_REQUESTED));
        }
    }

    private PaymentStatus status() throws MalformedMessageException {
        String word = Objects.requireNonNullElse(intent.text("status"), "");
        boolean failed = error != null || message.type().equals("payment_intent.payment_failed");
        return switch (word) {
            case "requires_payment_method", "requires_source", "requires_confirmation" ->
                    failed ? PaymentStatus.FAILED : PaymentStatus.CREATED;
            case "requires_action", "requires_source_action" -> PaymentStatus.ACTION_REQUIRED;
            case "processing" -> PaymentStatus.PROCESSING;
            case "requires_capture" ->
                    received.isZero() ? PaymentStatus.AUTHORISED : PaymentStatus.PARTIALLY_CAPTURED;
            case "succeeded" -> PaymentStatus.CAPTURED;
            case "canceled" -> canceled();
            default -> statusOfType();
        };
    }

    private PaymentStatus canceled() {
        if (!received.isZero()) {
            // Called off after a part was captured: no more will be, and what was stays.
            return PaymentStatus.CAPTURED;
        }
        String reason = Objects.requireNonNullElse(intent.text("cancellation_reason"), "");
        return switch (reason) {
            case "automatic", "expired" -> PaymentStatus.EXPIRED;
            default -> PaymentStatus.CANCELLED;
        };
    }

    /** What the event's type says by itself, for a status that this build does not know. */
    private PaymentStatus statusOfType() throws MalformedMessageException {
        return switch (message.type()) {
            case "payment_intent.created" -> PaymentStatus.CREATED;
            case "payment_intent.requires_action" -> PaymentStatus.ACTION_REQUIRED;
            case "payment_intent.processing" -> PaymentStatus.PROCESSING;
            case "payment_intent.payment_failed" -> PaymentStatus.FAILED;
            case "payment_intent.succeeded" -> PaymentStatus.CAPTURED;
            case "payment_intent.canceled" -> canceled();
            default -> throw intent.bad("status", "missing, or not a status that this build knows");
        };
    }

    /** Which attempt the status belongs to. */
    private String attempt(PaymentStatus status) {
        String attempt =
                switch (status) {
                    // Before there is a charge; an older one that failed has nothing to do with it.
                    case CREATED, ACTION_REQUIRED -> null;
                    case FAILED -> failedAttempt();
                    // An error stands there only while the latest charge is one that failed: then
                    // it is the intent that was called off, and the charge stays failed.
                    case CANCELLED, EXPIRED -> error == null ? latestCharge : null;
                    case UNKNOWN, PROCESSING, AUTHORISED, PARTIALLY_CAPTURED, CAPTURED ->
                            latestCharge;
                };
        return attempt == null ? PaymentFact.NO_ATTEMPT : attempt;
    }

    private @Nullable String failedAttempt() {
        // Authentication comes before the charge: what failed is not the charge made before that.
        boolean beforeCharge =
                error != null && "payment_intent_authentication_failure".equals(error.text("code"));
        return failedCharge != null || beforeCharge ? failedCharge : latestCharge;
    }
}
