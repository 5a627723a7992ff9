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
 * @param target what it is aimed at
 * @param scope whose payments
 * @param metadata entries that the payment's metadata must have; empty matches all
 * @param events event types, webhooks only; empty matches all
 * @param slice cards it hits, requests only
 * @param probability chance from 0 to 1 for each match, drawn from the sandbox's seed
 * @param count how often it strikes at most; empty means without end
 * @param start wait from installing until it is active
 * @param lasting how long it is active; empty means until removed
 * @param burst when it comes in bursts; empty means without pause
 */
public record Fault(
        FaultTarget target,
        Effect effect,
        Scope scope,
        Map<String, String> metadata,
        Set<String> events,
        Slice slice,
        double probability,
        Optional<Long> count,
        Duration start,
        Optional<Duration> lasting,
        Optional<Burst> burst) {
    public Fault {
        metadata = Map.copyOf(metadata);
        events = Set.copyOf(events);
    }

    /** The same at another time. */
    public Fault during(Duration from, Optional<Duration> howLong) {
        return new Fault(
                target,
                effect,
                scope,
                metadata,
                events,
                slice,
                probability,
                count,
                from,
                howLong,
                burst);
    }

    /** The fault in the short form that {@link FaultParser#parse} reads back. */
    public String describe() {
        StringBuilder text = new StringBuilder(target.wireName());
        text.append(':').append(effect.describe());
        if (scope != Scope.ALL) {
            text.append(",scope=").append(scope.wireName());
        }
        new TreeMap<>(metadata)
                .forEach((k, v) -> text.append(",metadata.").append(k).append('=').append(v));
        if (!events.isEmpty()) {
            text.append(",events=").append(String.join("|", new TreeSet<>(events)));
        }
        slice.network().ifPresent(n -> text.append(",network=").append(n));
        slice.issuer().ifPresent(i -> text.append(",issuer=").append(i));
        slice.country().ifPresent(c -> text.append(",country=").append(c));
        if (probability < 1) {
            text.append(",probability=").append(probability);
        }
        count.ifPresent(n -> text.append(",count=").append(n));
        if (!start.isZero()) {
            text.append(",start=").append(DurationText.format(start));
        }
        lasting.ifPresent(d -> text.append(",for=").append(DurationText.format(d)));
        burst.ifPresent(b ->
                text.append(",every=")
                        .append(DurationText.format(b.every()))
                        .append(",burst=")
                        .append(DurationText.format(b.lasting())));
        return text.toString();
    }
}
