package io.paybeacon.sandbox.market.generate;

import java.util.List;

/**
 * Something that was made to go wrong with an order, and is visible at the end of the simulation.
 *
 * @param payments {@code gateway:reference} of all payments for the order, the one in question last
 * @param fromMillis when the payment in question was made, epoch milliseconds
 * @param visibleMillis when it had gone wrong, epoch milliseconds; for a stuck payment, since when
 *     it stands still
 */
public record Planted(
        Anomaly anomaly, String order, List<String> payments, long fromMillis, long visibleMillis) {
    public Planted {
        payments = List.copyOf(payments);
    }
}
