package io.paybeacon.sandbox.card;

import java.time.Instant;

/** Money taken out of an authorisation's hold; amounts are minor units of its currency. */
record Capture(
        String id, String authorizationId, Instant created, long amountMinor, long refundedMinor) {
    Capture refunded(long more) {
        return new Capture(id, authorizationId, created, amountMinor, refundedMinor + more);
    }

    long refundableMinor() {
        return amountMinor - refundedMinor;
    }
}
