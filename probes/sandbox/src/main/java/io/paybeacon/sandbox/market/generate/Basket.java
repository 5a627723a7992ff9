package io.paybeacon.sandbox.market.generate;

import java.util.List;

/**
 * What a customer orders.
 *
 * @param order the platform's reference of it
 * @param customer opaque
 * @param currency upper-case ISO 4217 code
 * @param lines at least one
 */
public record Basket(String order, String customer, String currency, List<OrderLine> lines) {
    public Basket {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("an order without lines");
        }
    }

    /** The ordered amount, minor units. */
    public long totalMinor() {
        long total = 0;
        for (OrderLine line : lines) {
            total += line.amountMinor();
        }
        return total;
    }
}
