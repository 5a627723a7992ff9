package io.paybeacon.sandbox.api;

import java.util.Optional;

/**
 * What a fault changes inside an operation.
 *
 * @param declineCode decline an attempt that would be approved
 * @param amountOffsetMinor book that much more (or less) than asked for
 * @param again the operation was done already under the same idempotency key and shall be done
 *     once more, whatever state its payment is in: a double charge
 */
public record Tamper(Optional<String> declineCode, long amountOffsetMinor, boolean again) {
    /** Nothing. */
    public static final Tamper NONE = new Tamper(Optional.empty(), 0, false);

    /** The amount to book when {@code asked} was asked for; at least one minor unit. */
    public long booked(long asked) {
        return amountOffsetMinor == 0 ? asked : Math.max(1, asked + amountOffsetMinor);
    }
}
