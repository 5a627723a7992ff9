package io.paybeacon.core.payment;

import io.paybeacon.core.event.AuthenticationOutcome;
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
import io.paybeacon.core.payment.Payment.Dispute;
import io.paybeacon.core.payment.Payment.Hold;
import io.paybeacon.core.payment.Payment.Movements;
import io.paybeacon.core.payment.Payment.Operation;
import io.paybeacon.core.payment.Payment.Reached;
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

    private static final Comparator<Refund> REFUND =
            Comparator.comparing(Refund::id)
                    .thenComparing(refund -> refund.amount().currencyCode());

    private static final Comparator<Hold> HOLD = Comparator.comparing(Hold::operation);

    private static final Comparator<Dispute> DISPUTE = Comparator.comparing(Dispute::id);

    private static final Comparator<Attempt> ATTEMPT = Comparator.comparing(Attempt::id);

    private final Payment before;
    private final Origin origin;
    private List<Attempt> attempts;
    private @Nullable Stamped<Money> requested;
    private List<Operation> authorised;
    private List<Operation> captured;
    private List<Operation> undone;
    private List<Refund> refunds;
    private List<Hold> holds;
    private List<Dispute> disputes;
    private Map<Property, Stamped<String>> properties;
    private int droppedFacts;

    private PaymentJoin(Payment before, Origin origin) {
        this.before = before;
        this.origin = origin;
        attempts = before.attempts();
        requested = before.requested();
        authorised = before.money().authorised();
        captured = before.money().captured();
        undone = before.money().undone();
        refunds = before.refunds();
        holds = before.holds();
        disputes = before.disputes();
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
                before.changedAt(),
                attempts,
                requested,
                new Movements(authorised, captured, undone),
                refunds,
                holds,
                disputes,
                properties,
                before.erased(),
                before.findings());
    }

    private void add(PaymentFact fact) {
        switch (fact) {
            case StatusReported(String attempt, PaymentStatus status) ->
                    attempt(attempt, status, null);
            case Declined(String attempt, var cause, String code, String advice) ->
                    attempt(
                            attempt,
                            PaymentStatus.FAILED,
                            Stamped.of(new Decline(cause, code, advice), origin));
            case Authenticated(String attempt, var outcome) -> authenticate(attempt, outcome);
            case HoldExpires(String operation, Instant at) ->
                    holds =
                            merge(
                                    holds,
                                    new Hold(operation, Stamped.of(at, origin)),
                                    HOLD,
                                    PaymentJoin::laterHold);
            case Disputed(String dispute, var status) ->
                    disputes =
                            merge(
                                    disputes,
                                    new Dispute(dispute, status, origin.occurredAt()),
                                    DISPUTE,
                                    PaymentJoin::furtherDispute);
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
                                    new Refund(refund, amount, status, origin.occurredAt()),
                                    REFUND,
                                    PaymentJoin::furtherRefund);
            case Described(Property property, String value) -> describe(property, value);
        }
    }

    private void attempt(String id, PaymentStatus status, @Nullable Stamped<Decline> decline) {
        Instant at = origin.occurredAt();
        List<Reached> reached = List.of(new Reached(status, at));
        Attempt told = new Attempt(id, status, at, origin.eventId(), decline, null, reached);
        attempts = merge(attempts, told, ATTEMPT, PaymentJoin::furtherAttempt);
    }

    /** An attempt that is only known to be confirmed has been made, and no more is known of it. */
    private void authenticate(String id, AuthenticationOutcome outcome) {
        Instant at = origin.occurredAt();
        Attempt told =
                new Attempt(
                        id,
                        PaymentStatus.UNKNOWN,
                        at,
                        origin.eventId(),
                        null,
                        Stamped.of(outcome, origin),
                        List.of());
        attempts = merge(attempts, told, ATTEMPT, PaymentJoin::furtherAttempt);
    }

    private List<Operation> operation(List<Operation> known, String id, Money amount) {
        Operation told = new Operation(id, amount, origin.occurredAt());
        return merge(known, told, OPERATION, PaymentJoin::furtherOperation);
    }

    private void describe(Property property, String value) {
        if (before.erased() && Payment.leadsToCustomer(property)) {
            return;
        }
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
        Stamped<AuthenticationOutcome> authentication = one.authentication();
        if (other.authentication() != null) {
            authentication = Stamped.later(authentication, other.authentication());
        }
        return new Attempt(
                further.id(),
                further.status(),
                further.since(),
                further.eventId(),
                decline,
                authentication,
                reached(one.reached(), other.reached()));
    }

    /** All statuses of both, each since it was first reached. */
    private static List<Reached> reached(List<Reached> known, List<Reached> told) {
        if (known.isEmpty() || told.isEmpty()) {
            return known.isEmpty() ? told : known;
        }
        Map<PaymentStatus, Instant> first = new EnumMap<>(PaymentStatus.class);
        known.forEach(reached -> first.put(reached.status(), reached.at()));
        boolean changed = false;
        for (Reached reached : told) {
            Instant at = first.get(reached.status());
            if (at == null || reached.at().isBefore(at)) {
                first.put(reached.status(), reached.at());
                changed = true;
            }
        }
        if (!changed) {
            return known;
        }
        List<Reached> all = new ArrayList<>(first.size());
        first.forEach((status, at) -> all.add(new Reached(status, at)));
        return all;
    }

    private static Hold laterHold(Hold one, Hold other) {
        return new Hold(one.operation(), Stamped.later(one.until(), other.until()));
    }

    private static Dispute furtherDispute(Dispute one, Dispute other) {
        int rank = one.status().compareTo(other.status());
        if (rank != 0) {
            return rank > 0 ? one : other;
        }
        return one.at().isAfter(other.at()) ? other : one;
    }

    private static boolean furtherStatus(Attempt one, Attempt other) {
        // What says nothing of a status never decides one.
        if (one.reached().isEmpty() != other.reached().isEmpty()) {
            return other.reached().isEmpty();
        }
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
        int size = Long.compare(one.amount().minorUnits(), other.amount().minorUnits());
        if (size != 0) {
            return size > 0 ? one : other;
        }
        return one.at().isAfter(other.at()) ? other : one;
    }

    private static Refund furtherRefund(Refund one, Refund other) {
        int rank = one.status().compareTo(other.status());
        boolean first = rank != 0 ? rank > 0 : !one.at().isAfter(other.at());
        Refund further = first ? one : other;
        return new Refund(
                one.id(), one.amount().max(other.amount()), further.status(), further.at());
    }
}
