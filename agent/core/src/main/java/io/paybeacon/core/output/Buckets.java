package io.paybeacon.core.output;

import java.util.List;
import java.util.stream.Stream;

/** The bounds of histogram buckets. */
final class Buckets {
    /**
     * For what customers and money wait for. Gateways time out at 30 s, and every usual objective
     * is a boundary.
     */
    static final List<Long> PAYMENT_NANOS =
            seconds("0.05 0.1 0.25 0.5 0.75 1 1.5 2 3 5 7.5 10 20 30");

    /** For the parts of a request, and for lags of the agent's own. */
    static final List<Long> PHASE_NANOS = seconds("0.001 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 5");

    private Buckets() {}

    private static List<Long> seconds(String bounds) {
        return Stream.of(bounds.split(" "))
                .map(java.math.BigDecimal::new)
                .map(seconds -> seconds.movePointRight(9).longValueExact())
                .toList();
    }
}
