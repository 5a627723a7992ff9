package io.paybeacon.sandbox.stripe;

import java.util.Optional;

/**
 * What a fault changes inside an operation.
 *
 * @param declineCode decline an attempt that would be approved
 * @param amountOffsetMinor book that much more (or less) than asked for
 */
record Tamper(Optional<String> declineCode, long amountOffsetMinor) {
    static final Tamper NONE = new Tamper(Optional.empty(), 0);

    /** The amount to book when {@code asked} was asked for; at least one minor unit. */
    long booked(long asked) {
        return amountOffsetMinor == 0 ? asked : Math.max(1, asked + amountOffsetMinor);
    }
}
