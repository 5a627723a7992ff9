package io.paybeacon.core.event;

import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import org.jspecify.annotations.Nullable;

/** What bears on an order of the platform. */
public sealed interface OrderEvent extends Event {
    /** The platform's reference of the order; the key of the stage. */
    String order();

    /**
     * Where one payment for the order stands.
     *
     * <p>The amounts only ever grow, so the larger of two reports holds, and reports may come late
     * and in any order.
     *
     * @param requested what the payment asks for; null while no message said so
     * @param authorised everything ever held
     * @param captured everything ever collected
     * @param undone what was collected and turned out not to be
     */
    record PaymentReported(
            Origin origin,
            String order,
            PaymentId payment,
            @Nullable Stamped<Money> requested,
            Amounts authorised,
            Amounts captured,
            Amounts undone)
            implements OrderEvent {
        public PaymentReported {
            Origin.requireText(order, "order");
        }
    }
}
