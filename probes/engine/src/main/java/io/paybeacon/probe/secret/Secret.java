package io.paybeacon.probe.secret;

import static java.util.Objects.requireNonNull;

/** A key of a gateway. Its text form never shows it; only {@link #reveal()} does. */
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

    /** The key itself, for the request head only. */
    public String reveal() {
        return value;
    }

    /** Whether the key moves real money, by the prefix its gateway gives to live keys. */
    public boolean isLive() {
        return LiveKeys.isLive(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
