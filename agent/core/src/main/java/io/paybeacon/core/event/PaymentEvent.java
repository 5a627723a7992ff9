package io.paybeacon.core.event;

import java.util.List;

/** What is told about one known payment. */
public sealed interface PaymentEvent extends Event {
    /** The payment; the key of the stage. */
    PaymentId payment();

    /** One message's facts about the payment. Never without facts. */
    record Observed(Origin origin, PaymentId payment, List<PaymentFact> facts)
            implements PaymentEvent {
        public Observed {
            facts = List.copyOf(facts);
            if (facts.isEmpty()) {
                throw new IllegalArgumentException("no facts");
            }
        }
    }

    /** The payment shall not lead to its customer any more, now and whatever is told later. */
    record CustomerErased(Origin origin, PaymentId payment) implements PaymentEvent {}
}
