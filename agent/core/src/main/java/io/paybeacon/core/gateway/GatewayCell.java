package io.paybeacon.core.gateway;

import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.PaymentStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A gateway account as a whole. Immutable.
 *
 * @param gateway its configured name
 * @param payments how many payments are in each status now; statuses without any are absent
 * @param minutes what attempts came to in each of the recent minutes that had any, by the start of
 *     the minute, by the agent's clock
 */
public record GatewayCell(
        String gateway, Map<PaymentStatus, Long> payments, SortedMap<Instant, Outcomes> minutes) {
    /** How many attempts in the window are enough to speak of a rate. */
    public static final long EVIDENCE_MIN = 20;

    public GatewayCell {
        Map<PaymentStatus, Long> counts = new EnumMap<>(PaymentStatus.class);
        payments.forEach((status, count) -> {
            if (count != 0) {
                counts.put(status, count);
            }
        });
        payments = Collections.unmodifiableMap(counts);
        minutes = Collections.unmodifiableSortedMap(new TreeMap<>(minutes));
    }

    /** What attempts came to in the whole window. */
    public Outcomes recent() {
        return minutes.values().stream().reduce(Outcomes.NONE, Outcomes::plus);
    }

    /** Whether the window holds enough attempts to speak of a rate. */
    public boolean enoughEvidence() {
        return recent().total() >= EVIDENCE_MIN;
    }
}
