package io.paybeacon.sandbox.stripe;

import java.util.SplittableRandom;

/** Object ids in the gateway's form, from a seed. Thread-safe. */
final class ObjectIds {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final SplittableRandom random;

    ObjectIds(long seed) {
        this.random = new SplittableRandom(seed);
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

    private synchronized String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
