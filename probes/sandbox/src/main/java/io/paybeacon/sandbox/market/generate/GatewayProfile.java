package io.paybeacon.sandbox.market.generate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A gateway account at which customers pay.
 *
 * @param name of the account; in payment keys
 * @param paymentsPerHour orders placed there in an hour of the virtual clock, in the mean of a week
 * @param currencies upper-case ISO 4217 codes that it takes; at least one
 * @param anomalies what can go wrong there and be seen
 */
public record GatewayProfile(
        String name, int paymentsPerHour, Set<String> currencies, Set<Anomaly> anomalies) {
    /** Most payments of one gateway in an hour. */
    public static final int PAYMENTS_PER_HOUR_MAX = 10_000_000;

    public GatewayProfile {
        // In the order given: draws go by position.
        currencies = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(currencies));
        anomalies = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(anomalies));
        if (paymentsPerHour < 1 || paymentsPerHour > PAYMENTS_PER_HOUR_MAX) {
            throw new IllegalArgumentException(
                    "payments an hour must be from 1 to "
                            + PAYMENTS_PER_HOUR_MAX
                            + ", not "
                            + paymentsPerHour);
        }
        if (currencies.isEmpty() || !currencies.stream().allMatch(Prices::knows)) {
            throw new IllegalArgumentException("no currency, or one without prices: " + currencies);
        }
    }

    /** The four gateways of the sandbox, each with so many payments an hour. */
    public static List<GatewayProfile> four(int paymentsPerHour) {
        Set<String> card = ordered("ZAR", "USD", "EUR", "GBP", "JPY", "KWD", "BHD");
        Set<String> wallet = ordered("USD", "EUR", "GBP", "JPY");
        Set<Anomaly> all = new LinkedHashSet<>(Anomaly.all());
        return List.of(
                new GatewayProfile("stripe", paymentsPerHour, card, all),
                new GatewayProfile("paypal", paymentsPerHour, wallet, all),
                new GatewayProfile("adyen", paymentsPerHour, card, all),
                new GatewayProfile("card", paymentsPerHour, card, all));
    }

    private static Set<String> ordered(String... values) {
        return new LinkedHashSet<>(List.of(values));
    }
}
