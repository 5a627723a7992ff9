package io.paybeacon.core.event;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What changes the picture of a gateway as a whole. */
public sealed interface GatewayEvent extends Event {
    /** The configured name of the gateway account; the key of the stage. */
    default String gateway() {
        return origin().gateway();
    }

    /**
     * A change of a gateway's cell, to be added to it.
     *
     * <p>Deltas to one cell may be added up before they arrive: adding the sum changes the cell as
     * adding each of them.
     *
     * @param payments by how many the payments in each status grew or shrank
     * @param outcomes what attempts came to, by the minute in which the agent accepted the news
     */
    record CellDelta(
            Origin origin, Map<PaymentStatus, Long> payments, Map<Instant, Outcomes> outcomes)
            implements GatewayEvent {
        public CellDelta {
            payments =
                    payments.isEmpty()
                            ? Map.of()
                            : Collections.unmodifiableMap(new EnumMap<>(payments));
            outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
        }

        /** The sum of the two; its origin is the earlier one. */
        public CellDelta plus(CellDelta other) {
            Map<PaymentStatus, Long> sum = new EnumMap<>(PaymentStatus.class);
            sum.putAll(payments);
            other.payments.forEach((status, count) -> sum.merge(status, count, Long::sum));
            Map<Instant, Outcomes> minutes = new TreeMap<>(outcomes);
            other.outcomes.forEach((minute, o) -> minutes.merge(minute, o, Outcomes::plus));
            return new CellDelta(
                    origin.compareTo(other.origin) <= 0 ? origin : other.origin, sum, minutes);
        }
    }

    /**
     * What attempts came to.
     *
     * @param approved the money was held or collected
     * @param declined refused for a reason of the bank, the network or the risk rules
     * @param errors broken for a technical or an unknown reason
     * @param abandoned cancelled or expired before an answer
     */
    record Outcomes(long approved, long declined, long errors, long abandoned) {
        /** No attempts. */
        public static final Outcomes NONE = new Outcomes(0, 0, 0, 0);

        /** The sum of the two. */
        public Outcomes plus(Outcomes other) {
            return new Outcomes(
                    approved + other.approved,
                    declined + other.declined,
                    errors + other.errors,
                    abandoned + other.abandoned);
        }

        /** How many attempts there were. */
        public long total() {
            return approved + declined + errors + abandoned;
        }
    }
}
