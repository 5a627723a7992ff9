package io.paybeacon.server.source;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as Prometheus writes them: the text of a floating-point number of 64 bits. */
final class Numbers {
    private static final int CHARS_MAX = 64;

    /** A power of ten beyond what such a number can hold; further ones cost memory to add up. */
    private static final int EXPONENT_MAX = 400;

    private Numbers() {}

    /**
     * The number, exactly; null when it is not a number or infinite.
     *
     * @throws NumberFormatException if the text is no number
     */
    static @Nullable BigDecimal read(String text) {
        if (text.equalsIgnoreCase("nan") || text.matches("(?i)[+-]?inf(inity)?")) {
            return null;
        }
        if (text.length() > CHARS_MAX) {
            throw new NumberFormatException("too long");
        }
        BigDecimal number = new BigDecimal(text);
        long magnitude = (long) number.precision() - number.scale();
        if (number.signum() == 0 || magnitude < -EXPONENT_MAX) {
            return BigDecimal.ZERO;
        }
        return magnitude > EXPONENT_MAX ? null : number;
    }
}
