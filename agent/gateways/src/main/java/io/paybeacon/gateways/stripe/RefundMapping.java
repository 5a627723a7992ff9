package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.message.MalformedMessageException;
import java.util.Objects;

/** A refund: money on its way back from a charge. */
final class RefundMapping {
    private RefundMapping() {}

    /** Adds what the refund says. */
    static void map(StripeMessage message, StripeFacts out) throws MalformedMessageException {
        StripeObject refund = message.object();
        String id = refund.requiredId("id");
        String charge = refund.id("charge");
        String intent = refund.id("payment_intent");
        out.names(id);
        out.names(charge);
        if (intent != null) {
            out.about(intent);
        } else if (charge != null) {
            out.aboutPaymentOf(charge);
        } else {
            throw refund.missing("payment_intent and charge");
        }
        addRefund(refund, message.type(), out);
    }

    /**
     * Adds a refund, unless it only releases a hold.
     *
     * @param type of the event that the refund is the object of; empty for one in a list
     */
    static void addRefund(StripeObject refund, String type, StripeFacts out)
            throws MalformedMessageException {
        String id = refund.requiredId("id");
        Money amount = refund.money("amount");
        RefundStatus status = status(refund, type);
        // Stripe books the release of a hold as a refund that touches no balance.
        boolean release = status == RefundStatus.SUCCEEDED && refund.isNull("balance_transaction");
        if (!release) {
            out.names(id);
            out.add(new Refunded(id, amount, status));
        }
    }

    private static RefundStatus status(StripeObject refund, String type)
            throws MalformedMessageException {
        String word = Objects.requireNonNullElse(refund.text("status"), "");
        return switch (word) {
            case "pending", "requires_action" -> RefundStatus.PENDING;
            case "succeeded" -> RefundStatus.SUCCEEDED;
            case "failed" -> RefundStatus.FAILED;
            case "canceled" -> RefundStatus.CANCELLED;
            default -> {
                if (type.equals("refund.failed")) {
                    yield RefundStatus.FAILED;
                }
                throw refund.bad("status", "missing, or not a status that this build knows");
            }
        };
    }
}
