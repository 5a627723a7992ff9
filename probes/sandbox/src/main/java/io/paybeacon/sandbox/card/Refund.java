package io.paybeacon.sandbox.card;

import java.time.Instant;

/** Money given back out of a capture; the amount is minor units of its currency. */
record Refund(
        String id, String captureId, String authorizationId, Instant created, long amountMinor) {}
