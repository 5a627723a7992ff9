package io.paybeacon.core.payment;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.PaymentFact.HoldExpires;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Decline;
import io.paybeacon.core.payment.Payment.Operation;
import io.paybeacon.core.payment.Payment.Refund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Joins the facts of one event into a payment. Every part of a payment is the larger of what is
 * known and what is told, by an order of its own, so the join is commutative, associative and
 * idempotent.
 */
final class PaymentJoin {
    /**
     * How many attempts, operations or refunds a payment keeps; further ones are dropped. What was
     * kept is never given up for them, so that amounts only grow.
     */
    static final int PARTS_MAX = 64;

    private static final Comparator<Attempt> TIME =
            Comparator.comparing(Attempt::since)
                    .thenComparing(Attempt::status)
                    .thenComparing(Attempt::eventId);

    private static final Comparator<Operation> OPERATION =
            Comparator.comparing(Operation::id)
                    .thenComparing(operation -> operation.amount().currencyCode());

    private static final Comparator<Refund> REFUND = Comparator.comparing(Refund::id);

    private static final Comparator<Attempt> ATTEMPT = Comparator.comparing(Attempt::id);

    private final Payment before;
    private final Origin origin;
    private List<Attempt> attempts;
    private @Nullable Stamped<Money> requested;
    private List<Operation> authorised;
    private List<Operation> captured;
    private List<Operation> undone;
    private List<Refund> refunds;
    private Map<Property, Stamped<String>> properties;
    private int droppedFacts;

    private PaymentJoin(Payment before, Origin origin) {
        this.before = before;
        this.origin = origin;
        attempts = before.attempts();
        requested = before.requested();
        authorised = before.authorised();
        captured = before.captured();
        undone = before.undone();
        refunds = before.refunds();
        properties = before.properties();
    }

    /**
     * The payment with the facts of the event.
     *
     * @param payment equal to what was known when the event tells nothing new
     * @param droppedFacts how many facts found no room, or told an amount that no payment has
     */
    record Joined(Payment payment, int droppedFacts) {}

    static Joined join(Payment before, Observed event) {
        PaymentJoin join = new PaymentJoin(before, event.origin());
        for (PaymentFact fact : event.facts()) {
            if (plausible(fact)) {
                join.add(fact);
            } else {
                join.droppedFacts++;
            }
        }
        return new Joined(join.payment(), join.droppedFacts);
    }

    /** Whether sums that the fact goes into can neither overflow nor shrink. */
    private static boolean plausible(PaymentFact fact) {
        return switch (fact) {
            case Requested(Money amount) -> amount.isPlausible();
            case Authorised(_, Money amount) -> amount.isPlausible();
            case Captured(_, Money amount) -> amount.isPlausible();
            case CaptureUndone(_, Money amount) -> amount.isPlausible();
            case Refunded(_, Money amount, _) -> amount.isPlausible();
            case StatusReported _, Declined _, Described _ -> true;
            case Authenticated _, HoldExpires _, Disputed _ -> true;
        };
    }

    private Payment payment() {
        Instant told = origin.occurredAt();
        return new Payment(
                before.id(),
                told.isBefore(before.firstSeen()) ? told : before.firstSeen(),
                attempts,
                requested,
                authorised,
                captured,
                undone,
                refunds,
                properties,
                before.stuck());
    }

    private void add(PaymentFact fact) {
        switch (fact) {
            case StatusReported(String attempt, PaymentStatus status) ->
                    attempt(attempt, status, null);
            case Declined(String attempt, var cause, String code, _) ->
                    attempt(
                            attempt,
                            PaymentStatus.FAILED,
                            Stamped.of(new Decline(cause.declineClass(), code), origin));
            case Requested(Money amount) ->
                    requested = Stamped.later(requested, Stamped.of(amount, origin));
            case Authorised(String operation, Money amount) ->
                    authorised = operation(authorised, operation, amount);
            case Captured(String operation, Money amount) ->
                    captured = operation(captured, operation, amount);
            case CaptureUndone(String operation, Money amount) ->
                    undone = operation(undone, operation, amount);
            case Refunded(String refund, Money amount, var status) ->
                    refunds =
                            merge(
                                    refunds,
                                    new Refund(refund, amount, status),
                                    REFUND,
                                    PaymentJoin::furtherRefund);
            case Described(Property property, String value) -> describe(property, value);
            case Authenticated _, HoldExpires _, Disputed _ -> {}
        }
    }

    private void attempt(String id, PaymentStatus status, @Nullable Stamped<Decline> decline) {
        Attempt told = new Attempt(id, status, origin.occurredAt(), origin.eventId(), decline);
        attempts = merge(attempts, told, ATTEMPT, PaymentJoin::furtherAttempt);
    }

    private List<Operation> operation(List<Operation> known, String id, Money amount) {
        Operation told = new Operation(id, amount);
        return merge(known, told, OPERATION, PaymentJoin::furtherOperation);
    }

    private void describe(Property property, String value) {
        Map<Property, Stamped<String>> changed = new EnumMap<>(Property.class);
        changed.putAll(properties);
        changed.put(property, Stamped.later(properties.get(property), Stamped.of(value, origin)));
        properties = changed;
    }

    /** The list, in order, with one more part or with the further of two of the same place. */
    private <T> List<T> merge(
            List<T> known, T told, Comparator<T> order, BinaryOperator<T> further) {
        int at = 0;
        while (at < known.size() && order.compare(known.get(at), told) < 0) {
            at++;
        }
        boolean present = at < known.size() && order.compare(known.get(at), told) == 0;
        if (!present && known.size() >= PARTS_MAX) {
            droppedFacts++;
            return known;
        }
        List<T> changed = new ArrayList<>(known);
        if (present) {
            changed.set(at, further.apply(known.get(at), told));
        } else {
            changed.add(at, told);
        }
        return changed;
    }

    private static Attempt furtherAttempt(Attempt one, Attempt other) {
        Attempt further = furtherStatus(one, other) ? one : other;
        Stamped<Decline> decline = one.decline();
        if (other.decline() != null) {
            decline = Stamped.later(decline, other.decline());
        }
        return new Attempt(
                further.id(), further.status(), further.since(), further.eventId(), decline);
    }

    private static boolean furtherStatus(Attempt one, Attempt other) {
        // What stands for the payment itself starts anew with each attempt that has no id, until
        // one of them held the money or all were called off: so long the gateway's clock decides.
        boolean anew = one.ofPayment() && !one.status().pastFailure();
        if (anew && !other.status().pastFailure()) {
            return TIME.compare(one, other) >= 0;
        }
        // Otherwise an attempt only ever gets further, and got there when it was first said to.
        int rank = one.status().compareTo(other.status());
        return rank != 0 ? rank > 0 : TIME.compare(one, other) <= 0;
    }

    private static Operation furtherOperation(Operation one, Operation other) {
        return one.amount().minorUnits() >= other.amount().minorUnits() ? one : other;
    }

    private static Refund furtherRefund(Refund one, Refund other) {
        return new Refund(
                one.id(),
                larger(one.amount(), other.amount()) ? one.amount() : other.amount(),
                one.status().compareTo(other.status()) >= 0 ? one.status() : other.status());
    }

    /** An order of all amounts, so that even a change of currency does not depend on arrival. */
    private static boolean larger(Money one, Money other) {
        int byCode = one.currencyCode().compareTo(other.currencyCode());
        return byCode != 0 ? byCode > 0 : one.minorUnits() >= other.minorUnits();
    }
}
