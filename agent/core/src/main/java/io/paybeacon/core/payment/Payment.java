package io.paybeacon.core.payment;

import io.paybeacon.core.event.DeclineClass;
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
 * the finding remembers when news arrived.
 *
 * @param firstSeen the earliest thing said about it, by the gateway's clock
 * @param attempts in order of their ids; at most one is {@link PaymentFact#NO_ATTEMPT}
 * @param requested what it asks for in all; null while no message said so
 * @param authorised what each operation held, in order of their ids; one that was told in several
 *     currencies stands there once with each
 * @param captured what each operation collected, likewise
 * @param undone what each operation had collected and turned out not to be, likewise
 * @param refunds in order of their ids
 * @param properties what it is found and sliced by
 * @param stuck the finding that says it is stuck; null when there is none
 */
public record Payment(
        PaymentId id,
        Instant firstSeen,
        List<Attempt> attempts,
        @Nullable Stamped<Money> requested,
        List<Operation> authorised,
        List<Operation> captured,
        List<Operation> undone,
        List<Refund> refunds,
        Map<Property, Stamped<String>> properties,
        @Nullable Finding stuck) {
    private static final Comparator<Attempt> DECISIVE =
            Comparator.comparing(Payment::weight)
                    .thenComparing(Attempt::since)
                    .thenComparing(Attempt::status)
                    .thenComparing(Attempt::id);

    public Payment {
        attempts = List.copyOf(attempts);
        authorised = List.copyOf(authorised);
        captured = List.copyOf(captured);
        undone = List.copyOf(undone);
        refunds = List.copyOf(refunds);
        properties =
                properties.isEmpty()
                        ? Map.of()
                        : Collections.unmodifiableMap(new EnumMap<>(properties));
    }

    /** A payment of which nothing is known but that it was told of at that moment. */
    static Payment unknown(PaymentId id, Instant firstSeen) {
        return new Payment(
                id, firstSeen, List.of(), null, List.of(), List.of(), List.of(), List.of(),
                Map.of(), null);
    }

    /**
     * One try to collect the money.
     *
     * @param id the gateway's id of it, or {@link PaymentFact#NO_ATTEMPT}
     * @param since when it came to this status, by the gateway's clock
     * @param eventId the event that said so
     * @param decline why it failed; null when it did not or nobody said why
     */
    public record Attempt(
            String id,
            PaymentStatus status,
            Instant since,
            String eventId,
            @Nullable Stamped<Decline> decline) {
        /** Whether it stands for the payment itself. */
        public boolean ofPayment() {
            return id.equals(PaymentFact.NO_ATTEMPT);
        }
    }

    /**
     * Why an attempt failed.
     *
     * @param code the gateway's own code; never a metric label
     */
    public record Decline(DeclineClass declineClass, String code) {}

    /** A movement of money within a payment, and how much it moved in all. */
    public record Operation(String id, Money amount) {}

    /** Money on its way back. */
    public record Refund(String id, Money amount, RefundStatus status) {
        /** What it gave back: nothing while it is pending, or when it failed. */
        Amounts returned() {
            return status == RefundStatus.SUCCEEDED ? Amounts.NONE.plus(amount) : Amounts.NONE;
        }
    }

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
        return attempts.stream().max(DECISIVE).orElse(null);
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

    /** This payment with another finding, or with none. */
    Payment withStuck(@Nullable Finding finding) {
        return new Payment(
                id,
                firstSeen,
                attempts,
                requested,
                authorised,
                captured,
                undone,
                refunds,
                properties,
                finding);
    }

    /** A property, or null when no message named it. */
    public @Nullable String property(Property property) {
        Stamped<String> stamped = properties.get(property);
        return stamped == null ? null : stamped.value();
    }

    /** Everything ever held. */
    public Amounts authorisedAmounts() {
        return sum(authorised);
    }

    /** Everything ever collected. */
    public Amounts capturedAmounts() {
        return sum(captured);
    }

    /** What was collected and turned out not to be. */
    public Amounts undoneAmounts() {
        return sum(undone);
    }

    /** What refunds gave back, without those that are pending or failed. */
    public Amounts refundedAmounts() {
        return Amounts.sum(
                refunds.stream()
                        .filter(refund -> refund.status() == RefundStatus.SUCCEEDED)
                        .map(Refund::amount)
                        .toList());
    }

    /** What the refund of this id gave back. */
    Amounts returned(String refund) {
        for (Refund known : refunds) {
            if (known.id().equals(refund)) {
                return known.returned();
            }
        }
        return Amounts.NONE;
    }

    private static Amounts sum(List<Operation> operations) {
        return Amounts.sum(operations.stream().map(Operation::amount).toList());
    }
}
