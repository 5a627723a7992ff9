package io.paybeacon.core.payment;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment: the join of all facts about it. Immutable.
 *
 * <p>The same facts make the same payment, in whatever order and however often they came; only
 * {@code changedAt} and the findings remember when news arrived.
 *
 * @param firstSeen the earliest thing said about it, by the gateway's clock
 * @param changedAt when the last news of it arrived, by the agent's clock
 * @param attempts in order of their ids; at most one is {@link PaymentFact#NO_ATTEMPT}
 * @param requested what it asks for in all; null while no message said so
 * @param money what its operations held, collected and lost again
 * @param refunds in order of their ids; one that was told in several currencies stands there once
 *     with each
 * @param holds until when operations hold their amounts, in order of their ids
 * @param disputes in order of their ids
 * @param properties what it is found and sliced by
 * @param erased whether it must not lead to its customer any more
 * @param findings what is wrong with it, in order of their ids
 */
public record Payment(
        PaymentId id,
        Instant firstSeen,
        Instant changedAt,
        List<Attempt> attempts,
        @Nullable Stamped<Money> requested,
        Movements money,
        List<Refund> refunds,
        List<Hold> holds,
        List<Dispute> disputes,
        Map<Property, Stamped<String>> properties,
        boolean erased,
        List<Finding> findings) {
    private static final Comparator<Attempt> DECISIVE =
            Comparator.comparing(Payment::weight)
                    .thenComparing(Attempt::since)
                    .thenComparing(Attempt::status)
                    .thenComparing(Attempt::id);

    public Payment {
        attempts = List.copyOf(attempts);
        refunds = List.copyOf(refunds);
        holds = List.copyOf(holds);
        disputes = List.copyOf(disputes);
        findings = List.copyOf(findings);
        properties =
                properties.isEmpty()
                        ? Map.of()
                        : Collections.unmodifiableMap(new EnumMap<>(properties));
    }

    /** A payment of which nothing is known but that it was told of at those moments. */
    static Payment unknown(PaymentId id, Instant firstSeen, Instant now) {
        return new Payment(
                id,
                firstSeen,
                now,
                List.of(),
                null,
                Movements.NONE,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                false,
                List.of());
    }

    /**
     * One try to collect the money.
     *
     * @param id the gateway's id of it, or {@link PaymentFact#NO_ATTEMPT}
     * @param since when it came to this status, by the gateway's clock
     * @param eventId the event that said so
     * @param decline why it failed; null when it did not or nobody said why
     * @param authentication what came of asking the customer to confirm; null when nobody said
     * @param reached every status it was in and since when first, in order of rank
     */
    public record Attempt(
            String id,
            PaymentStatus status,
            Instant since,
            String eventId,
            @Nullable Stamped<Decline> decline,
            @Nullable Stamped<AuthenticationOutcome> authentication,
            List<Reached> reached) {
        public Attempt {
            reached = List.copyOf(reached);
        }

        /** Whether it stands for the payment itself. */
        public boolean ofPayment() {
            return id.equals(PaymentFact.NO_ATTEMPT);
        }
    }

    /** A status, and when it was first reached, by the gateway's clock. */
    public record Reached(PaymentStatus status, Instant at) {}

    /**
     * Why an attempt failed.
     *
     * @param code the gateway's own code; never a metric label
     * @param advice the network's advice code; empty where there is none
     */
    public record Decline(DeclineCause cause, String code, String advice) {}

    /**
     * What operations moved, each list in order of the ids; an operation that was told in several
     * currencies stands there once with each.
     *
     * @param authorised what each held
     * @param captured what each collected
     * @param undone what each had collected and turned out not to be
     */
    public record Movements(
            List<Operation> authorised, List<Operation> captured, List<Operation> undone) {
        /** Nothing moved. */
        public static final Movements NONE = new Movements(List.of(), List.of(), List.of());

        public Movements {
            authorised = List.copyOf(authorised);
            captured = List.copyOf(captured);
            undone = List.copyOf(undone);
        }
    }

    /**
     * A movement of money within a payment, and how much it moved in all.
     *
     * @param at when this much was first said, by the gateway's clock
     */
    public record Operation(String id, Money amount, Instant at) {}

    /**
     * Money on its way back.
     *
     * @param at since when it stands so, by the gateway's clock
     */
    public record Refund(String id, Money amount, RefundStatus status, Instant at) {
        /** What it gave back: nothing while it is pending, or when it failed. */
        Amounts returned() {
            return status == RefundStatus.SUCCEEDED ? Amounts.NONE.plus(amount) : Amounts.NONE;
        }

        /** Whether the money does not, and will not, reach the customer. */
        public boolean failed() {
            return status == RefundStatus.FAILED || status == RefundStatus.CANCELLED;
        }
    }

    /** Until when an operation holds its amount, by the gateway's clock. */
    public record Hold(String operation, Stamped<Instant> until) {}

    /**
     * A dispute about the payment.
     *
     * @param at since when it stands so, by the gateway's clock
     */
    public record Dispute(String id, DisputeStatus status, Instant at) {}

    /**
     * Where the payment as a whole stands: as its attempt that holds most, unless the payment
     * itself was called off since; and as what was said last when none holds anything.
     */
    public PaymentStatus status() {
        Attempt decisive = decisive();
        return decisive == null ? PaymentStatus.CREATED : decisive.status();
    }

    /** Since when it stands there, by the gateway's clock. */
    public Instant since() {
        Attempt decisive = decisive();
        return decisive == null ? firstSeen : decisive.since();
    }

    /** The attempt that decides the status; null before the first status was reported. */
    public @Nullable Attempt decisive() {
        Attempt decisive = null;
        for (Attempt attempt : attempts) {
            if (attempt.reached().isEmpty()) {
                continue;
            }
            if (decisive == null || DECISIVE.compare(attempt, decisive) > 0) {
                decisive = attempt;
            }
        }
        return decisive;
    }

    /**
     * What the attempt's status says about the money of the payment; the lowest of all when
     * another attempt may still go otherwise.
     */
    private static PaymentStatus weight(Attempt attempt) {
        PaymentStatus status = attempt.status();
        boolean calledOff = attempt.ofPayment() && status.pastFailure();
        return status.holdsMoney() || calledOff ? status : PaymentStatus.UNKNOWN;
    }

    /** This payment with other findings. */
    Payment withFindings(List<Finding> others) {
        return new Payment(
                id,
                firstSeen,
                changedAt,
                attempts,
                requested,
                money,
                refunds,
                holds,
                disputes,
                properties,
                erased,
                others);
    }

    /** This payment, with news that arrived at that time. */
    Payment changedAt(Instant time) {
        return new Payment(
                id,
                firstSeen,
                time,
                attempts,
                requested,
                money,
                refunds,
                holds,
                disputes,
                properties,
                erased,
                findings);
    }

    /** This payment without what leads to its customer, for good. */
    Payment erase() {
        Map<Property, Stamped<String>> left = new EnumMap<>(Property.class);
        left.putAll(properties);
        left.keySet().removeIf(Payment::leadsToCustomer);
        return new Payment(
                id, firstSeen, changedAt, attempts, requested, money, refunds, holds, disputes,
                left, true, findings);
    }

    /** Whether erasure takes the property away. */
    static boolean leadsToCustomer(Property property) {
        return property == Property.CUSTOMER || property == Property.INSTRUMENT;
    }

    /** A property, or null when no message named it. */
    public @Nullable String property(Property property) {
        Stamped<String> stamped = properties.get(property);
        return stamped == null ? null : stamped.value();
    }

    /** Everything ever held. */
    public Amounts authorisedAmounts() {
        return sum(money.authorised());
    }

    /** Everything ever collected. */
    public Amounts capturedAmounts() {
        return sum(money.captured());
    }

    /** What was collected and turned out not to be. */
    public Amounts undoneAmounts() {
        return sum(money.undone());
    }

    /** What refunds gave back, without those that are pending or failed. */
    public Amounts refundedAmounts() {
        Amounts sum = Amounts.NONE;
        for (Refund refund : refunds) {
            sum = refund.status() == RefundStatus.SUCCEEDED ? sum.plus(refund.amount()) : sum;
        }
        return sum;
    }

    /** What is on its way back to the customer, or there. */
    Amounts returningAmounts() {
        Amounts sum = Amounts.NONE;
        for (Refund refund : refunds) {
            sum = refund.failed() ? sum : sum.plus(refund.amount());
        }
        return sum;
    }

    /** What was ever said to be given back, even if that failed later. */
    Amounts everRefundedAmounts() {
        Amounts sum = Amounts.NONE;
        for (Refund refund : refunds) {
            boolean ever = refund.status().compareTo(RefundStatus.SUCCEEDED) >= 0;
            sum = ever ? sum.plus(refund.amount()) : sum;
        }
        return sum;
    }

    /** What of that could not be paid after all. */
    Amounts failedRefundAmounts() {
        Amounts sum = Amounts.NONE;
        for (Refund refund : refunds) {
            sum = refund.status() == RefundStatus.FAILED ? sum.plus(refund.amount()) : sum;
        }
        return sum;
    }

    /** What the refund gave back in its currency. */
    Amounts returned(Refund refund) {
        for (Refund known : refunds) {
            if (known.id().equals(refund.id())
                    && known.amount().currency().equals(refund.amount().currency())) {
                return known.returned();
            }
        }
        return Amounts.NONE;
    }

    private static Amounts sum(List<Operation> operations) {
        Amounts sum = Amounts.NONE;
        for (Operation operation : operations) {
            sum = sum.plus(operation.amount());
        }
        return sum;
    }
}
