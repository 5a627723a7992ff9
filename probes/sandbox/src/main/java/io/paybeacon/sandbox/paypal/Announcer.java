package io.paybeacon.sandbox.paypal;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Says in events what has happened. Confined to the lock of {@link PayPalGateway}. */
final class Announcer {
    private final Books books;
    private final PayPalJson json;
    private final TransmissionSigner signer;

    Announcer(Books books, PayPalJson json, TransmissionSigner signer) {
        this.books = books;
        this.json = json;
        this.signer = signer;
    }

    void approved(Order order, Execution execution) {
        emit(
                PayPalEventType.CHECKOUT_ORDER_APPROVED,
                "An order has been approved by buyer",
                json.order(order, true),
                order.unit(),
                execution);
    }

    void completed(Order order, Execution execution) {
        emit(
                PayPalEventType.CHECKOUT_ORDER_COMPLETED,
                "Checkout Order Completed",
                json.order(order, true),
                order.unit(),
                execution);
    }

    void created(Authorization authorization, Execution execution) {
        emit(
                PayPalEventType.PAYMENT_AUTHORIZATION_CREATED,
                "A successful payment authorization was created for "
                        + authorization.amount().inWords(),
                json.authorization(authorization),
                authorization.unit(),
                execution);
    }

    void voided(Authorization authorization, Execution execution) {
        emit(
                PayPalEventType.PAYMENT_AUTHORIZATION_VOIDED,
                "A payment authorization was voided for " + authorization.amount().inWords(),
                json.authorization(authorization),
                authorization.unit(),
                execution);
    }

    void captured(Capture capture, Execution execution) {
        String amount = capture.amount().inWords();
        switch (capture.status()) {
            case DECLINED ->
                    captured(
                            PayPalEventType.PAYMENT_CAPTURE_DENIED,
                            "Payment denied for " + amount,
                            capture,
                            execution);
            case PENDING ->
                    captured(
                            PayPalEventType.PAYMENT_CAPTURE_PENDING,
                            "Payment pending for " + amount,
                            capture,
                            execution);
            case COMPLETED, PARTIALLY_REFUNDED, REFUNDED ->
                    captured(
                            PayPalEventType.PAYMENT_CAPTURE_COMPLETED,
                            "Payment completed for " + amount,
                            capture,
                            execution);
        }
    }

    private void captured(
            PayPalEventType type, String summary, Capture capture, Execution execution) {
        emit(type, summary, json.capture(capture), capture.unit(), execution);
    }

    /** What has no object of a payment, such as a payout, or one of its own. */
    void tell(
            PayPalEventType type,
            String summary,
            JsonObject resource,
            Map<String, String> metadata,
            Execution execution) {
        execution.emit(
                new PayPalEvent(
                        books.ids().event(),
                        type,
                        books.now(),
                        summary,
                        resource,
                        metadata,
                        json.baseUrl(),
                        signer));
    }

    void refunded(Refund refund, PurchaseUnit unit, Execution execution) {
        emit(
                PayPalEventType.PAYMENT_CAPTURE_REFUNDED,
                "A " + refund.amount().inWords() + " capture payment was refunded",
                json.refund(refund),
                unit,
                execution);
    }

    private void emit(
            PayPalEventType type,
            String summary,
            JsonObject resource,
            PurchaseUnit unit,
            Execution execution) {
        tell(type, summary, resource, unit.metadata(), execution);
    }
}
