package io.paybeacon.sandbox.card;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One operation while it is executed: collects the events it causes. */
final class CardExecution {
    private final CardBooks books;
    private final List<CardEvent> events = new ArrayList<>();

    CardExecution(CardBooks books) {
        this.books = books;
    }

    List<CardEvent> events() {
        return List.copyOf(events);
    }

    void emit(String type, Authorization a) {
        emit(type, render(a), a);
    }

    void emit(String type, Capture capture, Authorization a) {
        emit(type, CardJson.capture(capture, a), a);
    }

    void emit(String type, Refund refund, Authorization a) {
        emit(type, CardJson.refund(refund, a), a);
    }

    void emit(String type, JsonObject data) {
        events.add(new CardEvent(books.newId("evt"), type, books.now(), data, Map.of()));
    }

    void emit(String type, JsonObject data, Authorization a) {
        events.add(
                new CardEvent(books.newId("evt"), type, books.now(), data, a.terms().metadata()));
    }

    JsonObject render(Authorization a) {
        return CardJson.authorization(a, books.capturesOf(a.id()), books.refundsOf(a.id()));
    }
}
