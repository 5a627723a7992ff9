package io.paybeacon.sandbox.stripe;

import java.util.Map;
import java.util.Optional;

/** Money given back, or the released rest of a hold, which the gateway shows as a refund too. *
 * @param failed whether it did not reach the customer
 */
record Refund(
        String id,
        String chargeId,
        String paymentIntentId,
        long amountMinor,
        StripeCurrency currency,
        Optional<String> reason,
        Map<String, String> metadata,
        long createdSeconds,
        boolean failed) {
    Refund {
        metadata = Map.copyOf(metadata);
    }

    Refund fail() {
        return new Refund(
                id,
                chargeId,
                paymentIntentId,
                amountMinor,
                currency,
                reason,
                metadata,
                createdSeconds,
                true);
    }
}
