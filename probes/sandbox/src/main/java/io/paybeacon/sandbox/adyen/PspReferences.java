package io.paybeacon.sandbox.adyen;

import java.util.SplittableRandom;

/** References in Adyen's form, 16 upper-case letters and digits, from a seed. Thread-safe. */
final class PspReferences {
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789";
    private static final int LENGTH = 16;

    private final SplittableRandom random;

    PspReferences(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The next one. It begins with a letter, so that it can never look like a card number. */
    synchronized String next() {
        StringBuilder text = new StringBuilder(LENGTH);
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.indexOf('2'))));
        while (text.length() < LENGTH) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** The six digits of an issuer's approval. */
    synchronized String authCode() {
        return "%06d".formatted(random.nextInt(1_000_000));
    }
}
