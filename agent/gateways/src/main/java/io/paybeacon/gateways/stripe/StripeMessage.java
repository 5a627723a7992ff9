package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.Origin;
import java.util.List;

/**
 * An event of Stripe, as far as it is read.
 *
 * @param account the connected account that it happened on; empty for the platform's own
 * @param object {@code data.object}: what it is about, as it was when the event was made
 * @param orderFields the fields of metadata that may hold the order's reference, best first
 */
record StripeMessage(
        Origin origin,
        String type,
        String account,
        StripeObject object,
        List<String> orderFields) {}
