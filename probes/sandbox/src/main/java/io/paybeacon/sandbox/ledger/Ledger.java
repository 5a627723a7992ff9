package io.paybeacon.sandbox.ledger;

import io.paybeacon.sandbox.ledger.LedgerSnapshot.Balance;
import java.util.HashMap;
import java.util.Map;

/**
 * Double books of a gateway: every movement of money changes one payment's postings and its
 * currency's balance. Amounts are minor units. Not thread-safe: confined to its gateway's lock.
 */
public final class Ledger {
    private static final Balance ZERO = new Balance(0, 0, 0, 0, 0);

    private final Map<String, Balance> payments = new HashMap<>();
    private final Map<String, Balance> balances = new HashMap<>();

    /** Empty books. */
    public Ledger() {}

    /** An issuer approved: a hold begins. */
    public void authorise(String paymentId, String currency, long amount) {
        post(paymentId, currency, new Balance(amount, amount, 0, 0, 0));
    }

    /** Takes {@code captured} and ends a hold of {@code held}; {@code released} is let go. */
    public void capture(
            String paymentId, String currency, long held, long captured, long released) {
        post(paymentId, currency, new Balance(0, -held, captured, 0, released));
    }

    /** Lets a hold go without taking it. */
    public void release(String paymentId, String currency, long amount) {
        post(paymentId, currency, new Balance(0, -amount, 0, 0, amount));
    }

    /** Gives back out of what was taken. */
    public void refund(String paymentId, String currency, long amount) {
        post(paymentId, currency, new Balance(0, 0, 0, amount, 0));
    }

    /** The postings of one payment; all zero when there are none. */
    public Balance of(String paymentId) {
        return payments.getOrDefault(paymentId, ZERO);
    }

    /** The balance of each currency, over all payments ever. */
    public Map<String, Balance> balances() {
        return Map.copyOf(balances);
    }

    /** Forgets a payment; its currency's balance keeps the money. */
    public void forget(String paymentId) {
        payments.remove(paymentId);
    }

    private void post(String paymentId, String currency, Balance change) {
        payments.merge(paymentId, change, Ledger::plus);
        balances.merge(currency, change, Ledger::plus);
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
