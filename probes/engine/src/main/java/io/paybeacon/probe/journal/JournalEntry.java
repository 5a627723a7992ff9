package io.paybeacon.probe.journal;

import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.yaml.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of the journal. No secret is in it: plans keep them out of variables. */
public sealed interface JournalEntry {

    /**
     * A side effect is about to be sent. On disk before the first byte leaves.
     *
     * @param run id of the run
     * @param traceId W3C trace id of the run
     * @param probe name of the probe, by which its target is found again
     * @param plan name of the plan
     * @param gateway gateway account
     * @param step name of the step
     * @param kind what it does
     * @param key idempotency key, null for a step without one
     * @param at agent's wall clock
     * @param holds what it holds, null when it adds nothing
     * @param variables what the cleanup needs: the variables with a value at that moment
     */
    record Sent(
            String run,
            String traceId,
            String probe,
            String plan,
            String gateway,
            String step,
            SideEffect.Kind kind,
            @Nullable String key,
            Instant at,
            @Nullable Holding holds,
            Map<String, Value> variables)
            implements JournalEntry {
        public Sent {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }
    }

    /** An amount that a step holds, in minor units of an ISO 4217 currency in upper case. */
    record Holding(long minor, String currency) {}

    /** Variables that a run has learned. */
    record Known(String run, Map<String, Value> variables) implements JournalEntry {
        public Known {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }
    }

    /** A side effect did certainly not happen: never sent, or refused by the gateway. */
    record Refused(String run, String step) implements JournalEntry {}

    /** Nothing that the run held is held any more. */
    record Released(String run) implements JournalEntry {}

    /** Money held on one UTC day by runs that are no longer in the journal. */
    record Spent(String probe, long epochDay, String currency, long minor)
            implements JournalEntry {}
}
