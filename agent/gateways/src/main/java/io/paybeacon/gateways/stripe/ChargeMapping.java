package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.message.MalformedMessageException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A charge: one attempt of a payment. */
final class ChargeMapping {
    private final StripeMessage message;
    private final StripeObject charge;
    private final String id;
    private final Money amount;
    private final @Nullable Money amountCaptured;

    /** Whether the charge belongs to no PaymentIntent, as those of the older API do. */
    private final boolean direct;

    private ChargeMapping(StripeMessage message) throws MalformedMessageException {
        this.message = message;
        this.charge = message.object();
        this.id = charge.requiredId("id");
        this.amount = charge.money("amount");
        this.amountCaptured = charge.optionalMoney("amount_captured");
        this.direct = charge.isNull("payment_intent");
    }

    /** Adds what the charge says. */
    static void map(StripeMessage message, StripeFacts out) throws MalformedMessageException {
        new ChargeMapping(message).addTo(out);
    }

    private void addTo(StripeFacts out) throws MalformedMessageException {
        String intent = charge.id("payment_intent");
        out.names(id);
        if (intent != null) {
            out.about(intent);
        } else if (direct) {
            out.about(id);
            out.add(new Requested(amount));
        } else {
            out.aboutPaymentOf(id);
        }
        PaymentStatus status = status();
        out.add(new StatusReported(id, status));
        if (status == PaymentStatus.FAILED) {
            StripeObject outcome = charge.child("outcome");
            out.add(
                    DeclineCodes.declined(
                            id,
                            outcome == null ? "" : StripeFacts.advice(outcome),
                            outcome == null ? null : outcome.text("reason"),
                            charge.text("failure_code"),
                            outcome == null ? null : outcome.text("type")));
        }
        addMoney(status, out);
        out.describeOrder(charge, message.orderFields());
        MethodDetails.describe(charge, true, out);
        out.describeParties(message);
        MethodDetails.follow(charge, id, status == PaymentStatus.AUTHORISED, out);
    }

    private void addMoney(PaymentStatus status, StripeFacts out) throws MalformedMessageException {
        if (!status.settled() || status == PaymentStatus.FAILED) {
            return;
        }
        if (!amount.isZero()) {
            out.add(new Authorised(id, amount));
        }
        boolean captured = status == PaymentStatus.CAPTURED;
        Money collected = amountCaptured == null && captured ? amount : amountCaptured;
        if (collected != null && !collected.isZero()) {
            out.add(new Captured(id, collected));
        }
        if (captured) {
            for (StripeObject refund : charge.list("refunds")) {
                RefundMapping.addRefund(refund, "", out);
            }
        }
    }

    private PaymentStatus status() throws MalformedMessageException {
        String word = Objects.requireNonNullElse(charge.text("status"), "");
        return switch (word) {
            case "failed" -> PaymentStatus.FAILED;
            case "pending" -> PaymentStatus.PROCESSING;
            case "succeeded", "paid" -> statusOfSucceeded();
            default -> statusOfType();
        };
    }

    private PaymentStatus statusOfType() throws MalformedMessageException {
        return switch (message.type()) {
            case "charge.failed" -> PaymentStatus.FAILED;
            case "charge.pending" -> PaymentStatus.PROCESSING;
            case "charge.succeeded", "charge.captured", "charge.expired" -> statusOfSucceeded();
            default -> throw charge.bad("status", "missing, or not a status that this build knows");
        };
    }

    private PaymentStatus statusOfSucceeded() throws MalformedMessageException {
        if (charge.isTrue("captured") || message.type().equals("charge.captured")) {
            return PaymentStatus.CAPTURED;
        }
        if (!charge.has("captured")) {
            throw charge.missing("captured");
        }
        if (message.type().equals("charge.expired")) {
            return PaymentStatus.EXPIRED;
        }
        if (StripeFacts.some(amountCaptured)) {
            return PaymentStatus.PARTIALLY_CAPTURED;
        }
        // A hold that was released reads "refunded", whether it was called off or ran out. Where
        // there is an intent, its own event says which.
        return direct && charge.isTrue("refunded")
                ? PaymentStatus.CANCELLED
                : PaymentStatus.AUTHORISED;
    }
}
