package io.paybeacon.gateways.message;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RegisterEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one message while it is being mapped, and whom they are about. Not safe for use by
 * several threads.
 */
public class MessageFacts {
    private final List<PaymentFact> facts = new ArrayList<>();
    private final Set<String> references = new LinkedHashSet<>();
    private final List<RegisterEvent> told = new ArrayList<>();
    private @Nullable String payment;
    private @Nullable String parkedUnder;

    /** The facts are about this payment. */
    public final void about(String payment) {
        this.payment = payment;
    }

    /** The facts are about the payment that this object belongs to, whichever that is. */
    public final void aboutPaymentOf(String reference) {
        this.parkedUnder = reference;
    }

    /** The message names another object that belongs to the payment. */
    public final void names(@Nullable String reference) {
        if (reference != null) {
            references.add(reference);
        }
    }

    /** Adds a fact. */
    public final void add(PaymentFact fact) {
        facts.add(fact);
    }

    /** Adds an event about an object beside payments. */
    public final void tell(RegisterEvent event) {
        told.add(event);
    }

    /** A property, if it is known. */
    public final void describe(Property property, @Nullable String value) {
        if (value != null) {
            facts.add(new Described(property, value));
        }
    }

    /**
     * The events that the facts make: at least one.
     *
     * @param type of the message
     */
    public final List<Event> events(Origin origin, String type) {
        List<Event> events = new ArrayList<>();
        PaymentId id = payment == null ? null : new PaymentId(origin.gateway(), payment);
        if (!facts.isEmpty() && id != null) {
            events.add(new Observed(origin, id, facts));
        } else if (!facts.isEmpty() && parkedUnder != null) {
            events.add(new Unresolved(origin, reference(origin, parkedUnder), facts));
        } else if (told.isEmpty()) {
            events.add(new Skipped(origin, type, SkipReason.NOTHING_NEW));
        }
        events.addAll(told);
        if (id != null) {
            for (String reference : references) {
                events.add(new Linked(origin, reference(origin, reference), id));
            }
        }
        return events;
    }

    private static ProviderReference reference(Origin origin, String value) {
        return new ProviderReference(origin.gateway(), value);
    }
}
