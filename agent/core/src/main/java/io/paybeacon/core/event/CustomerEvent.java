package io.paybeacon.core.event;

/** What ties payments to a customer, known to the agent by an opaque id only. */
public sealed interface CustomerEvent extends Event {
    /** The platform's opaque id of the customer; the key of the stage. */
    String customer();

    /** The payment is the customer's. */
    record PaymentMade(Origin origin, String customer, PaymentId payment) implements CustomerEvent {
        public PaymentMade {
            Origin.requireText(customer, "customer");
        }
    }

    /** The order is the customer's. */
    record OrderMade(Origin origin, String customer, String order) implements CustomerEvent {
        public OrderMade {
            Origin.requireText(customer, "customer");
            Origin.requireText(order, "order");
        }
    }

    /** The customer is to be forgotten: no payment and no order shall lead to the id any more. */
    record ErasureRequested(Origin origin, String customer) implements CustomerEvent {
        public ErasureRequested {
            Origin.requireText(customer, "customer");
        }
    }
}
