package io.paybeacon.core.decline;

import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DeclineClass;
import java.util.Comparator;
import java.util.List;

/** Other ways to pay, the best first, as gateways are now. */
public final class Alternatives {
    /** Below so many payments a rate says nothing, and the way is ranked after those that say. */
    public static final long EVIDENCE_PAYMENTS_MIN = 20;

    /** A way that lets fewer through is not offered, in parts per million. */
    public static final long APPROVED_PPM_MIN = 500_000;

    private Alternatives() {}

    /**
     * How one method does at one gateway now.
     *
     * @param gateway the configured name of the gateway account
     * @param method the method, as payments name it
     * @param payments how many ended lately
     * @param approved how many of them were approved; refusals that are the customer's own doing
     *     left out of both
     * @param impaired whether a finding or a status page says that it does not work
     */
    public record Health(
            String gateway, String method, long payments, long approved, boolean impaired) {
        private static final long PPM = 1_000_000;

        public Health {
            if (approved < 0 || approved > payments) {
                throw new IllegalArgumentException(
                        "approved is not from 0 to " + payments + ": " + approved);
            }
        }

        boolean hasEvidence() {
            return payments >= EVIDENCE_PAYMENTS_MIN;
        }

        /** The share that was approved, in parts per million; 0 without payments. */
        public long approvedPpm() {
            return payments == 0 ? 0 : Math.multiplyExact(approved, PPM) / payments;
        }

        private boolean offered() {
            return !impaired && (!hasEvidence() || approvedPpm() >= APPROVED_PPM_MIN);
        }
    }

    /**
     * The ways that are left.
     *
     * <p>After something broke, the same method through another gateway comes first: the customer
     * has to change nothing. After a refusal of the card another method does. Among equals the one
     * that lets more through, then by name, so that the order never changes by itself.
     *
     * @param gateway where the payment was refused
     * @param method with which method
     * @param health every way that the platform has
     */
    public static List<Health> of(
            DeclineCause cause, String gateway, String method, List<Health> health) {
        boolean broke = cause.declineClass() == DeclineClass.TECHNICAL;
        return health.stream()
                .filter(Health::offered)
                .filter(way ->
                        broke
                                ? !(way.gateway.equals(gateway) && way.method.equals(method))
                                : !way.method.equals(method))
                .sorted(
                        Comparator.comparing((Health way) -> !way.hasEvidence())
                                .thenComparing(way -> broke != way.method.equals(method))
                                .thenComparing(Health::approvedPpm, Comparator.reverseOrder())
                                .thenComparing(Health::method)
                                .thenComparing(Health::gateway))
                .toList();
    }
}
