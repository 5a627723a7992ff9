package io.paybeacon.core.event;

import java.util.List;

/**
 * What tells, or has to ask, which payment an object of the gateway belongs to.
 *
 * <p>A message that names the payment itself needs no asking: its adapter makes a {@link
 * PaymentEvent} straight away, and a {@link Linked} for each other reference in it.
 */
public sealed interface IdentityEvent extends Event {
    /** The reference that the event is about; the key of the stage. */
    ProviderReference reference();

    /** The object belongs to the payment. */
    record Linked(Origin origin, ProviderReference reference, PaymentId payment)
            implements IdentityEvent {}

    /** Facts about the object, told without naming the payment. Never without facts. */
    record Unresolved(Origin origin, ProviderReference reference, List<PaymentFact> facts)
            implements IdentityEvent {
        public Unresolved {
            facts = List.copyOf(facts);
            if (facts.isEmpty()) {
                throw new IllegalArgumentException("no facts");
            }
        }
    }
}
