package io.paybeacon.sandbox.stripe;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * Refunds (docs.stripe.com/api/refunds). Confined to the lock of {@link StripeGateway}.
 */
final class RefundOperations {
    private final Books books;
    private final Settlement settlement;

    RefundOperations(Books books) {
        this.books = books;
        this.settlement = new Settlement(books);
    }

    JsonObject create(Form form, Execution execution) {
        form.allowOnly(
                Set.of("payment_intent", "charge", "amount", "reason", "metadata", "expand"));
        Optional<Long> asked = form.number("amount");
        Optional<String> reason =
                form.word("reason", "duplicate", "fraudulent", "requested_by_customer");
        if (asked.filter(a -> a < 1).isPresent()) {
            throw StripeRefusal.parameter(
                    "parameter_invalid_integer",
                    "amount",
                    "This value must be greater than or equal to 1.");
        }
        PaymentIntent intent = intent(form);
        Charge charge = charge(intent);
        long refundable =
                execution.tamper().again() ? charge.capturedMinor() : charge.refundableMinor();
        if (refundable <= 0) {
            throw StripeRefusal.state(
                    "charge_already_refunded",
                    "Charge " + charge.id() + " has already been refunded.",
                    Optional.empty());
        }
        long amount = asked.orElse(refundable);
        if (amount > refundable) {
            throw StripeRefusal.parameter(
                    "amount_too_large",
                    "amount",
                    "Refund amount ("
                            + amount
                            + ") is greater than unrefunded amount on charge ("
                            + refundable
                            + ")");
        }
        long booked = execution.tamper().booked(amount);
        Refund refund =
                settlement.refund(intent, charge, booked, reason, form.metadata(), execution);
        JsonObject answer = StripeJson.refund(refund, false);
        return form.expandsCharge()
                ? answer.put(
                        "charge", StripeJson.charge(books.findCharge(charge.id()).orElse(charge)))
                : answer;
    }

    private PaymentIntent intent(Form form) {
        Optional<String> intentId = form.text("payment_intent");
        Optional<String> chargeId = form.text("charge");
        if (intentId.isEmpty() == chargeId.isEmpty()) {
            throw StripeRefusal.parameter(
                    "parameter_missing",
                    "payment_intent",
                    "One of the following params should be provided for this request:"
                            + " payment_intent or charge.");
        }
        if (intentId.isPresent()) {
            String id = intentId.get();
            return books.findIntent(id)
                    .orElseThrow(() -> missing("payment_intent", "payment_intent", id));
        }
        String id = chargeId.orElseThrow();
        return books.findCharge(id)
                .flatMap(c -> books.findIntent(c.paymentIntentId()))
                .orElseThrow(() -> missing("charge", "charge", id));
    }

    private Charge charge(PaymentIntent intent) {
        Optional<Charge> charge =
                intent.progress()
                        .latestChargeId()
                        .flatMap(books::findCharge)
                        .filter(c -> c.failure().isEmpty());
        if (charge.isEmpty()) {
            throw StripeRefusal.state(
                    "payment_intent_unexpected_state",
                    "This PaymentIntent ("
                            + intent.id()
                            + ") does not have a successful charge to refund.",
                    Optional.empty());
        }
        if (charge.get().captured()) {
            return charge.get();
        }
        throw StripeRefusal.state(
                "payment_intent_unexpected_state",
                "This uncaptured Charge was created by a PaymentIntent ("
                        + intent.id()
                        + "). You must cancel the PaymentIntent to reverse the authorization"
                        + " instead of refunding the Charge directly.",
                Optional.empty());
    }

    private static StripeRefusal missing(String kind, String param, String id) {
        return StripeRefusal.parameter(
                "resource_missing", param, "No such " + kind + ": '" + id + "'");
    }
}
