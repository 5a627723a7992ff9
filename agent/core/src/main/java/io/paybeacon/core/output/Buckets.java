package io.paybeacon.core.output;

import java.util.List;
import java.util.stream.Stream;

/** The bounds of histogram buckets. */
final class Buckets {
    /**
     * For what customers and money wait for. Gateways time out at 30 s, and every usual objective
     * is a boundary.
     */
    static final List<Long> PAYMENT_NANOS = seconds("0.05 0.1 0.25 0.5 1 2 3 5 10 20 30");

    /** For times between two words of a gateway, whose clocks mostly show whole seconds. */
    static final List<Long> GATEWAY_CLOCK_NANOS = seconds("1 2 3 5 10 30 60");

    /** For a run with the wait before it: coarse, since the run alone is measured finely. */
    static final List<Long> FROM_DUE_NANOS = seconds("0.5 1 3 10 30");

    /** For how late a run begins: within the goal of 20 ms, or how far from it. */
    static final List<Long> LAG_NANOS = seconds("0.005 0.02 0.1 1 5");

    /**
     * For the phases of an attempt. Few, because there are so many phases: what each takes of the
     * whole is told by its sum, and the bounds tell how often it goes wrong.
     */
    static final List<Long> PHASE_NANOS = seconds("0.01 0.1 1");

    private Buckets() {}

    private static List<Long> seconds(String bounds) {
        return Stream.of(bounds.split(" "))
                .map(java.math.BigDecimal::new)
                .map(seconds -> seconds.movePointRight(9).longValueExact())
                .toList();
    }
}
