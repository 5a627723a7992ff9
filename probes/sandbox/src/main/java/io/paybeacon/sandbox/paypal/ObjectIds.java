package io.paybeacon.sandbox.paypal;

import java.util.SplittableRandom;

/** Ids in the gateway's forms, from a seed. Thread-safe. */
final class ObjectIds {
    private static final String CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LETTERS = CAPITALS + "abcdefghijklmnopqrstuvwxyz".concat("_-");
    private static final String HEX = "0123456789abcdef";

    private final SplittableRandom random;

    ObjectIds(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Orders, authorisations, captures and refunds share one shape: {@code 5O190127TN364715T}. */
    String object() {
        return random(CAPITALS, 17);
    }

    /** Events: {@code WH-38T23114G8344784G-0DV77300YM0470134}. */
    String event() {
        return "WH-" + object() + "-" + object();
    }

    /** What errors and the header {@code PayPal-Debug-Id} carry. */
    String debug() {
        return "f" + random(HEX, 12);
    }

    /** An access token: {@code A21AA...}. */
    String token() {
        return "A21AA" + random(LETTERS, 92);
    }

    /** The end of a token's nonce. */
    String nonce() {
        return random(LETTERS, 43);
    }

    /** A version 4 UUID, for the delivery of a webhook. */
    String uuid() {
        String hex = random(HEX, 30);
        return hex.substring(0, 8)
                + "-"
                + hex.substring(8, 12)
                + "-4"
                + hex.substring(12, 15)
                + "-a"
                + hex.substring(15, 18)
                + "-"
                + hex.substring(18);
    }

    private synchronized String random(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
