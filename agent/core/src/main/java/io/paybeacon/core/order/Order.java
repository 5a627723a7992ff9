package io.paybeacon.core.order;

import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order of the platform, as its payments tell it. Immutable.
 *
 * @param reference the platform's own
 * @param payments the payments that are to pay for it, through whatever gateway, in order of their
 *     ids
 */
public record Order(String reference, List<Part> payments) {
    public Order {
        payments = List.copyOf(payments);
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
            Amounts undone) {
        /** Whether all that it asks for was collected. */
        public boolean paid() {
            if (requested == null) {
                return false;
            }
            Money asked = requested.value();
            Money collected = captured.minus(undone).in(asked.currency());
            return collected.minorUnits() >= asked.minorUnits() && !collected.isZero();
        }

        /** The join of what two reports say. */
        Part join(Part other) {
            return new Part(
                    payment,
                    other.requested == null ? requested : Stamped.later(requested, other.requested),
                    authorised.max(other.authorised),
                    captured.max(other.captured),
                    undone.max(other.undone));
        }
    }

    /** Whether one of its payments collected all that it asks for. */
    public boolean paid() {
        return payments.stream().anyMatch(Part::paid);
    }
}
