package io.paybeacon.core.order;

import io.paybeacon.core.event.OrderEvent.Line;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order of the platform, as the platform and its payments tell it. Immutable.
 *
 * @param reference the platform's own
 * @param changedAt when the last news of it arrived, by the agent's clock
 * @param placed what was ordered; null while the platform has not said
 * @param withdrawn the time that the platform called it off; null while it did not
 * @param payments the payments that are to pay for it, through whatever gateway, in order of their
 *     ids
 * @param erased whether it must not lead to its customer any more
 * @param findings what is wrong with it, in order of their ids
 */
public record Order(
        String reference,
        Instant changedAt,
        @Nullable Stamped<Placement> placed,
        @Nullable Stamped<Instant> withdrawn,
        List<Part> payments,
        boolean erased,
        List<Finding> findings) {
    public Order {
        payments = List.copyOf(payments);
        findings = List.copyOf(findings);
    }

    /** An order of which nothing is known. */
    static Order unknown(String reference, Instant now) {
        return new Order(reference, now, null, null, List.of(), false, List.of());
    }

    /**
     * What was ordered.
     *
     * @param customer the platform's opaque id of who ordered; empty where it is not told
     * @param total what is to be paid in all
     */
    public record Placement(String customer, Money total, List<Line> lines) {
        public Placement {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One payment's part in the order; amounts only ever grow.
     *
     * @param requested what it asks for; null while no message said so
     */
    public record Part(
            PaymentId payment,
            @Nullable Stamped<Money> requested,
            Amounts authorised,
            Amounts captured,
            Amounts undone,
            Amounts refunded,
            Amounts refundsFailed) {
        /** Whether all that it asks for was collected. */
        public boolean paid() {
            if (requested == null) {
                return false;
            }
            Money asked = requested.value();
            Money collected = collected().in(asked.currency());
            return collected.minorUnits() >= asked.minorUnits() && !collected.isZero();
        }

        /** What was collected, whatever was given back since. */
        public Amounts collected() {
            return captured.minus(undone);
        }

        /** What was collected and is not on its way back. */
        public Amounts kept() {
            return collected().minus(refunded.minus(refundsFailed));
        }

        /** The join of what two reports say. */
        Part join(Part other) {
            return new Part(
                    payment,
                    other.requested == null ? requested : Stamped.later(requested, other.requested),
                    authorised.max(other.authorised),
                    captured.max(other.captured),
                    undone.max(other.undone),
                    refunded.max(other.refunded),
                    refundsFailed.max(other.refundsFailed));
        }
    }

    /** Whether one of its payments collected all that it asks for. */
    public boolean paid() {
        return payments.stream().anyMatch(Part::paid);
    }

    /** Whether what the platform said last is that nothing is to be paid for it. */
    public boolean isWithdrawn() {
        return withdrawn != null
                && (placed == null || !placed.occurredAt().isAfter(withdrawn.occurredAt()));
    }

    /** What is to be paid in all; null while nobody said, or when it was called off. */
    public @Nullable Money total() {
        return placed == null || isWithdrawn() ? null : placed.value().total();
    }

    Order withPlaced(@Nullable Stamped<Placement> other) {
        return new Order(reference, changedAt, other, withdrawn, payments, erased, findings);
    }

    Order withWithdrawn(Stamped<Instant> other) {
        return new Order(reference, changedAt, placed, other, payments, erased, findings);
    }

    Order withPayments(List<Part> others) {
        return new Order(reference, changedAt, placed, withdrawn, others, erased, findings);
    }

    Order withFindings(List<Finding> others) {
        return new Order(reference, changedAt, placed, withdrawn, payments, erased, others);
    }

    Order changedAt(Instant time) {
        return new Order(reference, time, placed, withdrawn, payments, erased, findings);
    }

    /** This order without its customer, for good. */
    Order erase() {
        Stamped<Placement> anonymous = placed == null ? null : anonymous(placed);
        return new Order(reference, changedAt, anonymous, withdrawn, payments, true, findings);
    }

    private static Stamped<Placement> anonymous(Stamped<Placement> placed) {
        Placement told = placed.value();
        return new Stamped<>(
                new Placement("", told.total(), told.lines()),
                placed.occurredAt(),
                placed.eventId());
    }
}
