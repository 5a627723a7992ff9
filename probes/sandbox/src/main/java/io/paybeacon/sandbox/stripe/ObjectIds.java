package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.gateway.SeededText;

/** Object ids in the gateway's form, from a seed. Thread-safe. */
final class ObjectIds {
    private final SeededText text;

    ObjectIds(long seed) {
        this.text = new SeededText(seed);
    }

    /** Payment intents, charges and refunds share one shape: {@code pi_3...}. */
    String object(String prefix) {
        return prefix + "_3" + letters(23);
    }

    /** Events, payment methods and balance transactions: {@code evt_1...}. */
    String other(String prefix) {
        return prefix + "_1" + letters(23);
    }

    String request() {
        return "req_" + letters(14);
    }

    String secret(String id) {
        return id + "_secret_" + letters(25);
    }

    private String letters(int length) {
        return text.next(SeededText.ALPHANUMERIC, length);
    }
}
