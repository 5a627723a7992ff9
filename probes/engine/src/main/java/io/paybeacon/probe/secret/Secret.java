package io.paybeacon.probe.secret;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A key of a gateway. Its text form never shows it; only {@link #reveal()} does. Two
 * with the same key are equal, so that a reload sees whether it was rotated.
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a key.
     *
     * @throws IllegalArgumentException if it is blank, or has a character that no header may carry
     */
    public static Secret of(String value) {
        requireNonNull(value, "value is null");
        if (value.isBlank()) {
            throw new IllegalArgumentException("The secret is empty");
        }
        if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new IllegalArgumentException(
                    "The secret has a control or non-ASCII character, such as a line end");
        }
        return new Secret(value);
    }

    /**
     * Wraps a secret of several lines, such as a private key in PEM. It is for no header.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public static Secret ofLines(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The secret is empty");
        }
        return new Secret(value);
    }

    /** The key itself, for the request head only. */
    public String reveal() {
        return value;
    }

    /** Whether the key moves real money, by the prefix its gateway gives to live keys. */
    public boolean isLive() {
        return LiveKeys.isLive(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
