package io.paybeacon.core.identity;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.output.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one object of a gateway. Immutable.
 *
 * @param payment the payment it belongs to; null while nobody said so
 * @param parked facts that wait for the payment to become known, in order of their origin; empty
 *     once it is
 * @param parkedSince when the first of them was accepted, by the agent's clock; null when none is
 * @param orphaned the finding that says they wait too long; null when there is none
 */
public record Identity(
        ProviderReference reference,
        @Nullable PaymentId payment,
        List<Parked> parked,
        @Nullable Instant parkedSince,
        @Nullable Finding orphaned) {
    public Identity {
        parked = List.copyOf(parked);
    }

    /** Nothing is known of the object yet. */
    static Identity unknown(ProviderReference reference) {
        return new Identity(reference, null, List.of(), null, null);
    }

    /** The facts of one message, waiting. */
    public record Parked(Origin origin, List<PaymentFact> facts) {
        public Parked {
            facts = List.copyOf(facts);
        }
    }
}
