package io.paybeacon.sandbox.fault;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One fault: which requests or webhooks it hits and what it does to them.
 *
 * @param operation the operation; empty means every API operation (not the webhooks)
 * @param scope whose payments
 * @param metadata entries that the payment's metadata must have; empty matches all
 * @param events event types, webhooks only; empty matches all
 * @param probability chance from 0 to 1 for each match, drawn from the sandbox's seed
 * @param count how often it strikes at most; empty means without end
 * @param start wait from installing until it is active
 * @param lasting how long it is active; empty means until removed
 */
public record Fault(
        Optional<Operation> operation,
        Effect effect,
        Scope scope,
        Map<String, String> metadata,
        Set<String> events,
        double probability,
        Optional<Long> count,
        Duration start,
        Optional<Duration> lasting) {
    public Fault {
        metadata = Map.copyOf(metadata);
        events = Set.copyOf(events);
    }

    /** The fault in the short form that {@link FaultParser#parse} reads back. */
    public String describe() {
        StringBuilder text = new StringBuilder(operation.map(Operation::wireName).orElse("*"));
        text.append(':').append(effect.describe());
        if (scope != Scope.ALL) {
            text.append(",scope=").append(scope.wireName());
        }
        new TreeMap<>(metadata)
                .forEach((k, v) -> text.append(",metadata.").append(k).append('=').append(v));
        if (!events.isEmpty()) {
            text.append(",events=").append(String.join("|", new TreeSet<>(events)));
        }
        if (probability < 1) {
            text.append(",probability=").append(probability);
        }
        count.ifPresent(n -> text.append(",count=").append(n));
        if (!start.isZero()) {
            text.append(",start=").append(DurationText.format(start));
        }
        lasting.ifPresent(d -> text.append(",for=").append(DurationText.format(d)));
        return text.toString();
    }
}
