package io.paybeacon.gateways.stripe;

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
import io.paybeacon.core.money.Money;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one message while it is being mapped, and whom they are about. Not safe for use by
 * several threads.
 */
final class StripeFacts {
    private final List<PaymentFact> facts = new ArrayList<>();
    private final Set<String> references = new LinkedHashSet<>();
    private @Nullable String payment;
    private @Nullable String parkedUnder;

    /** The facts are about this payment. */
    void about(String payment) {
        this.payment = payment;
    }

    /** The facts are about the payment that this object belongs to, whichever that is. */
    void aboutPaymentOf(String reference) {
        this.parkedUnder = reference;
    }

    /** The message names another object that belongs to the payment. */
    void names(@Nullable String reference) {
        if (reference != null) {
            references.add(reference);
        }
    }

    void add(PaymentFact fact) {
        facts.add(fact);
    }

    /** A property, if it is known. */
    void describe(Property property, @Nullable String value) {
        if (value != null) {
            facts.add(new Described(property, value));
        }
    }

    /** What the platform calls the payment: the first of these fields that is there. */
    void describeOrder(StripeObject object, List<String> orderFields) {
        StripeObject metadata = object.child("metadata");
        if (metadata == null) {
            return;
        }
        for (String field : orderFields) {
            String reference = metadata.merchantReference(field);
            if (reference != null) {
                describe(Property.MERCHANT_REFERENCE, reference);
                return;
            }
        }
    }

    /** What the charge was paid with. */
    void describeMethod(StripeObject charge, boolean methodToo) {
        StripeObject details = charge.child("payment_method_details");
        String type = details == null ? null : details.word("type");
        if (details == null || type == null) {
            return;
        }
        if (methodToo) {
            describe(Property.METHOD, type);
        }
        StripeObject method = details.child(type);
        if (method != null) {
            String network = method.word("network");
            describe(Property.NETWORK, network != null ? network : method.word("brand"));
            describe(Property.ISSUER_COUNTRY, method.country("country"));
        }
    }

    /** Whether there is any money. */
    static boolean some(@Nullable Money amount) {
        return amount != null && !amount.isZero();
    }

    /** The events that the facts make. */
    List<Event> events(Origin origin, String type) {
        List<Event> events = new ArrayList<>();
        PaymentId id = payment == null ? null : new PaymentId(origin.gateway(), payment);
        if (!facts.isEmpty() && id != null) {
            events.add(new Observed(origin, id, facts));
        } else if (!facts.isEmpty() && parkedUnder != null) {
            events.add(new Unresolved(origin, reference(origin, parkedUnder), facts));
        } else {
            events.add(new Skipped(origin, type, SkipReason.NOTHING_NEW));
        }
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
