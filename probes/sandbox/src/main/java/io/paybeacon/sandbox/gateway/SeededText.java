package io.paybeacon.sandbox.gateway;

import java.util.SplittableRandom;

/** Random text from a seed, for ids: the same seed gives the same ids. Thread-safe. */
public final class SeededText {
    /** Letters of both cases and digits. */
    public static final String ALPHANUMERIC =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Upper-case letters and digits. */
    public static final String UPPER_CASE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final SplittableRandom random;

    /** A source that has given nothing yet. */
    public SeededText(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The next text of that length out of that alphabet. */
    public synchronized String next(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
