package io.paybeacon.sandbox.market.generate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One order and everything that happens to it, before any of it has happened.
 *
 * @param number from 0, in the order of placing
 * @param atMillis when it is placed, epoch milliseconds of the virtual clock
 * @param payments at least one; the second is another try, or one too many
 * @param anomaly what is made to go wrong with it
 * @param complaint what the customer complains about, days later
 * @param stars what the customer thinks of the vendor, 1 to 5
 */
public record OrderLife(
        long number,
        long atMillis,
        Basket basket,
        List<PaymentLife> payments,
        Optional<Anomaly> anomaly,
        Optional<String> complaint,
        OptionalInt stars) {
    public OrderLife {
        payments = List.copyOf(payments);
        if (payments.isEmpty()) {
            throw new IllegalArgumentException("an order without a payment");
        }
    }

    /** The payment that the anomaly is about: the last one. */
    public PaymentLife last() {
        return payments.getLast();
    }
}
