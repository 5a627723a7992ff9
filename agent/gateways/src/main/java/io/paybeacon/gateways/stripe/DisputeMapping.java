package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.DisputeEvent.MoneyMoved;
import io.paybeacon.core.event.DisputeEvent.Movement;
import io.paybeacon.core.event.DisputeEvent.Reported;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.message.MalformedMessageException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A dispute, or a warning before one. */
final class DisputeMapping {
    private final StripeMessage message;
    private final StripeObject object;
    private final StripeFacts out;
    private final String id;
    private final @Nullable String charge;
    private final @Nullable String intent;

    private DisputeMapping(StripeMessage message, StripeFacts out)
            throws MalformedMessageException {
        this.message = message;
        this.object = message.object();
        this.out = out;
        this.id = object.requiredId("id");
        this.charge = object.id("charge");
        this.intent = object.id("payment_intent");
        if (intent != null) {
            out.about(intent);
        } else if (charge != null) {
            out.aboutPaymentOf(charge);
        } else {
            throw object.missing("payment_intent and charge");
        }
        out.names(charge);
        out.names(id);
    }

    /** Adds what the dispute says. */
    static void dispute(StripeMessage message, StripeFacts out) throws MalformedMessageException {
        new DisputeMapping(message, out).addDispute();
    }

    /** Adds what the early fraud warning says. */
    static void warning(StripeMessage message, StripeFacts out) throws MalformedMessageException {
        DisputeMapping mapping = new DisputeMapping(message, out);
        out.add(new Disputed(mapping.id, DisputeStatus.FRAUD_WARNING));
        out.tell(
                new FraudWarned(
                        message.origin(),
                        mapping.reference(mapping.id),
                        mapping.payment(),
                        Objects.requireNonNullElse(mapping.object.word("fraud_type"), ""),
                        mapping.object.isTrue("actionable")));
    }

    private void addDispute() throws MalformedMessageException {
        StripeObject evidence = object.child("evidence_details");
        DisputeStatus status = status(evidence);
        StripeObject details = object.child("payment_method_details");
        StripeObject card = details == null ? null : details.child("card");
        String network = card == null ? null : card.word("brand");
        out.add(new Disputed(id, status));
        out.tell(
                new Reported(
                        message.origin(),
                        reference(id),
                        payment(),
                        status,
                        object.money("amount"),
                        Objects.requireNonNullElse(object.word("reason"), ""),
                        Objects.requireNonNullElse(network, ""),
                        evidence == null ? null : evidence.optionalInstant("due_by")));
        for (StripeObject transaction : object.elements("balance_transactions")) {
            addMovement(transaction);
        }
    }

    private DisputeStatus status(@Nullable StripeObject evidence) throws MalformedMessageException {
        String word = Objects.requireNonNullElse(object.text("status"), "");
        return switch (word) {
            case "warning_needs_response", "warning_under_review" -> DisputeStatus.INQUIRY;
            case "warning_closed", "charge_refunded" -> DisputeStatus.CANCELLED;
            case "needs_response" ->
                    evidence != null && evidence.isTrue("past_due")
                            ? DisputeStatus.EXPIRED
                            : DisputeStatus.NEEDS_RESPONSE;
            case "under_review" -> DisputeStatus.UNDER_REVIEW;
            case "won" -> DisputeStatus.WON;
            case "lost" -> DisputeStatus.LOST;
            case "prevented" -> DisputeStatus.PREVENTED;
            default -> throw object.bad("status", "missing, or not a status that this build knows");
        };
    }

    /** A line of the balance: the amount and the fee, each of either sign. */
    private void addMovement(StripeObject transaction) throws MalformedMessageException {
        String operation = transaction.requiredId("id");
        Money amount = transaction.signedMoney("amount");
        if (!amount.isZero()) {
            boolean taken = amount.minorUnits() < 0;
            move(
                    operation,
                    taken ? Movement.FUNDS_WITHDRAWN : Movement.FUNDS_REINSTATED,
                    absolute(amount));
        }
        Money fee = transaction.has("fee") ? transaction.signedMoney("fee") : null;
        if (fee != null && !fee.isZero()) {
            boolean charged = fee.minorUnits() > 0;
            move(
                    operation + ":fee",
                    charged ? Movement.FEE_CHARGED : Movement.FEE_RETURNED,
                    absolute(fee));
        }
    }

    private void move(String operation, Movement movement, Money amount) {
        out.tell(new MoneyMoved(message.origin(), reference(id), operation, movement, amount));
    }

    private static Money absolute(Money amount) {
        return new Money(Math.abs(amount.minorUnits()), amount.currency());
    }

    private ProviderReference payment() {
        return reference(charge == null ? Objects.requireNonNull(intent) : charge);
    }

    private ProviderReference reference(String value) {
        return new ProviderReference(message.origin().gateway(), value);
    }
}
