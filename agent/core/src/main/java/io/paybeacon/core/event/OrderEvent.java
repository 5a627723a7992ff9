package io.paybeacon.core.event;

import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What bears on an order of the platform. */
public sealed interface OrderEvent extends Event {
    /** How many lines an order may have. */
    int LINES_MAX = 500;

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
     * @param refunded everything ever said to be given back, even if that failed later
     * @param refundsFailed what of that could not be paid after all
     */
    record PaymentReported(
            Origin origin,
            String order,
            PaymentId payment,
            @Nullable Stamped<Money> requested,
            Amounts authorised,
            Amounts captured,
            Amounts undone,
            Amounts refunded,
            Amounts refundsFailed)
            implements OrderEvent {
        public PaymentReported {
            Origin.requireText(order, "order");
        }
    }

    /**
     * The platform took an order, or changed it: what was said last holds.
     *
     * @param customer the platform's opaque id of who ordered; empty where it is not told
     * @param total what is to be paid in all
     * @param lines what was ordered, at most {@link #LINES_MAX}; may be empty where the platform
     *     tells only the total
     */
    record Placed(Origin origin, String order, String customer, Money total, List<Line> lines)
            implements OrderEvent {
        public Placed {
            Origin.requireText(order, "order");
            lines = List.copyOf(lines);
            if (lines.size() > LINES_MAX) {
                throw new IllegalArgumentException("more than " + LINES_MAX + " lines");
            }
        }
    }

    /** The platform called the order off: nothing is to be paid for it. */
    record Withdrawn(Origin origin, String order) implements OrderEvent {
        public Withdrawn {
            Origin.requireText(order, "order");
        }
    }

    /** The order shall not lead to its customer any more, now and whatever is told later. */
    record OrderCustomerErased(Origin origin, String order) implements OrderEvent {
        public OrderCustomerErased {
            Origin.requireText(order, "order");
        }
    }

    /**
     * A line of an order.
     *
     * @param product the platform's opaque id of it
     * @param vendor the platform's opaque id of who sells it
     * @param quantity from 1 up
     * @param amount what the customer pays for the line
     * @param vendorShare what of it goes to the vendor
     */
    record Line(String product, String vendor, long quantity, Money amount, Money vendorShare) {
        public Line {
            if (quantity < 1) {
                throw new IllegalArgumentException("quantity is not positive: " + quantity);
            }
        }
    }
}
