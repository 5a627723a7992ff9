package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.stripe.LedgerSnapshot.Balance;
import java.util.HashMap;
import java.util.Map;

/**
 * Double books of the gateway: every movement of money changes one payment's postings and its
 * currency's balance. Confined to the lock of {@link StripeGateway}.
 */
final class Ledger {
    private static final Balance ZERO = new Balance(0, 0, 0, 0, 0);

    private final Map<String, Balance> payments = new HashMap<>();
    private final Map<String, Balance> balances = new HashMap<>();

    void authorise(PaymentIntent intent, long amount) {
        post(intent, new Balance(amount, amount, 0, 0, 0));
    }

    /** Takes {@code captured} out of a hold of {@code held}; the rest is released. */
    void capture(PaymentIntent intent, long held, long captured, long released) {
        post(intent, new Balance(0, -held, captured, 0, released));
    }

    void release(PaymentIntent intent, long amount) {
        post(intent, new Balance(0, -amount, 0, 0, amount));
    }

    void refund(PaymentIntent intent, long amount) {
        post(intent, new Balance(0, 0, 0, amount, 0));
    }

    Balance of(String paymentIntentId) {
        return payments.getOrDefault(paymentIntentId, ZERO);
    }

    Map<String, Balance> balances() {
        return Map.copyOf(balances);
    }

    /** Forgets a payment; its currency's balance keeps the money. */
    void forget(String paymentIntentId) {
        payments.remove(paymentIntentId);
    }

    private void post(PaymentIntent intent, Balance change) {
        payments.merge(intent.id(), change, Ledger::plus);
        balances.merge(intent.terms().currency().code(), change, Ledger::plus);
    }

    private static Balance plus(Balance a, Balance b) {
        return new Balance(
                a.authorisedMinor() + b.authorisedMinor(),
                a.heldMinor() + b.heldMinor(),
                a.capturedMinor() + b.capturedMinor(),
                a.refundedMinor() + b.refundedMinor(),
                a.releasedMinor() + b.releasedMinor());
    }
}
