package io.paybeacon.core.customer;

import io.paybeacon.core.event.PaymentId;
import java.util.List;

/**
 * A customer, known by an opaque id. Immutable.
 *
 * @param payments the latest ones that became known to be the customer's, in order of their keys
 * @param orders likewise, in order
 */
public record Customer(List<PaymentId> payments, List<String> orders) {
    public Customer {
        payments = List.copyOf(payments);
        orders = List.copyOf(orders);
    }
}
