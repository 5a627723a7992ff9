package io.paybeacon.sandbox.paypal;

import java.util.Arrays;
import java.util.List;

/**
 * The events the fake gateway sends (developer.paypal.com/api/rest/webhooks/event-names). There is
 * none for a denied authorisation: PayPal has no such event.
 */
enum PayPalEventType {
    CHECKOUT_ORDER_APPROVED("CHECKOUT.ORDER.APPROVED", "checkout-order", false),
    CHECKOUT_ORDER_COMPLETED("CHECKOUT.ORDER.COMPLETED", "checkout-order", false),
    PAYMENT_AUTHORIZATION_CREATED("PAYMENT.AUTHORIZATION.CREATED", "authorization", false),
    PAYMENT_AUTHORIZATION_VOIDED("PAYMENT.AUTHORIZATION.VOIDED", "authorization", true),
    PAYMENT_CAPTURE_COMPLETED("PAYMENT.CAPTURE.COMPLETED", "capture", true),
    PAYMENT_CAPTURE_DENIED("PAYMENT.CAPTURE.DENIED", "capture", true),
    PAYMENT_CAPTURE_PENDING("PAYMENT.CAPTURE.PENDING", "capture", false),
    PAYMENT_CAPTURE_REVERSED("PAYMENT.CAPTURE.REVERSED", "refund", false),
    PAYMENT_CAPTURE_REFUNDED("PAYMENT.CAPTURE.REFUNDED", "refund", false),
    PAYMENT_REFUND_FAILED("PAYMENT.REFUND.FAILED", "refund", false),
    RISK_DISPUTE_CREATED("RISK.DISPUTE.CREATED", "dispute", false),
    CUSTOMER_DISPUTE_CREATED("CUSTOMER.DISPUTE.CREATED", "dispute", false),
    CUSTOMER_DISPUTE_UPDATED("CUSTOMER.DISPUTE.UPDATED", "dispute", false),
    CUSTOMER_DISPUTE_RESOLVED("CUSTOMER.DISPUTE.RESOLVED", "dispute", false),
    PAYMENT_PAYOUTSBATCH_SUCCESS("PAYMENT.PAYOUTSBATCH.SUCCESS", "payouts", false),
    PAYMENT_PAYOUTSBATCH_DENIED("PAYMENT.PAYOUTSBATCH.DENIED", "payouts", false),
    PAYMENT_PAYOUTS_ITEM_SUCCEEDED("PAYMENT.PAYOUTS-ITEM.SUCCEEDED", "payouts_item", false);

    private final String wireName;
    private final String resourceType;
    private final boolean terminal;

    PayPalEventType(String wireName, String resourceType, boolean terminal) {
        this.wireName = wireName;
        this.resourceType = resourceType;
        this.terminal = terminal;
    }

    String wireName() {
        return wireName;
    }

    /** What kind of object the event carries. */
    String resourceType() {
        return resourceType;
    }

    /** Whether it tells how a payment ended. */
    boolean terminal() {
        return terminal;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(PayPalEventType::wireName).toList();
    }
}
