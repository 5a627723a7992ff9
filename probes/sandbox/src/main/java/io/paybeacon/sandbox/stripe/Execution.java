package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.api.Tamper;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request while it is executed: who asked, what a fault changes, which events it causes. */
final class Execution {
    private final Optional<String> requestId;
    private final Optional<String> idempotencyKey;
    private final Tamper tamper;
    private final List<StripeEvent> events = new ArrayList<>();

    Execution(Optional<String> requestId, Optional<String> idempotencyKey, Tamper tamper) {
        this.requestId = requestId;
        this.idempotencyKey = idempotencyKey;
        this.tamper = tamper;
    }

    /** Something that happens by itself, such as a cardholder passing a challenge. */
    static Execution spontaneous() {
        return new Execution(Optional.empty(), Optional.empty(), Tamper.NONE);
    }

    Tamper tamper() {
        return tamper;
    }

    List<StripeEvent> events() {
        return List.copyOf(events);
    }

    void emit(Books books, String type, PaymentIntent intent) {
        emit(books, type, StripeJson.paymentIntent(intent), intent.terms().metadata());
    }

    void emit(Books books, String type, Charge charge) {
        emit(books, type, StripeJson.charge(charge), charge.metadata());
    }

    void emit(Books books, String type, Refund refund, boolean referenced) {
        Map<String, String> metadata =
                books.findIntent(refund.paymentIntentId())
                        .map(i -> i.terms().metadata())
                        .orElse(Map.of());
        emit(books, type, StripeJson.refund(refund, referenced), metadata);
    }

    void emit(Books books, String type, JsonObject object, Map<String, String> metadata) {
        events.add(
                new StripeEvent(
                        books.ids().other("evt"),
                        type,
                        books.nowSeconds(),
                        object,
                        requestId,
                        idempotencyKey,
                        metadata));
    }
}
