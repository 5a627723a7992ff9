package io.paybeacon.probe.pace;

/**
 * How fast one gateway account may be asked. Test environments allow little: Stripe's sandbox 25
 * requests a second (docs.stripe.com/rate-limits).
 *
 * @param requestsPerSecond attempts on the wire that are sent a second in the long run
 * @param burst attempts that may be sent at once after a quiet time
 * @param concurrentRunsMax runs of probes that may be under way at the same time
 */
public record GatewayPace(int requestsPerSecond, int burst, int concurrentRunsMax) {

    /** The pace of a gateway whose configuration gives none. */
    public static final GatewayPace DEFAULT = new GatewayPace(20, 20, 4);

    /** Largest value of each. */
    public static final int VALUE_MAX = 10_000;

    public GatewayPace {
        check("requestsPerSecond", requestsPerSecond);
        check("burst", burst);
        check("concurrentRuns", concurrentRunsMax);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > VALUE_MAX) {
            throw new IllegalArgumentException(
                    "%s is %d; give 1 to %d".formatted(name, value, VALUE_MAX));
        }
    }
}
