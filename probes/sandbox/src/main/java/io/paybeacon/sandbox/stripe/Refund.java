package io.paybeacon.sandbox.stripe;

import java.util.Map;
import java.util.Optional;

/** Money given back, or the released rest of a hold, which the gateway shows as a refund too. */
record Refund(
        String id,
        String chargeId,
        String paymentIntentId,
        long amountMinor,
        StripeCurrency currency,
        Optional<String> reason,
        Map<String, String> metadata,
        long createdSeconds) {
    Refund {
        metadata = Map.copyOf(metadata);
    }
}
