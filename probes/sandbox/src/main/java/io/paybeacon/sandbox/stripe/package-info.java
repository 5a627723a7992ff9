/**
 * A fake Stripe, written from Stripe's public documentation: payment intents, charges, refunds, the
 * error shapes, idempotency, rate limits and events, over a ledger that says where the money is.
 */
@NullMarked
package io.paybeacon.sandbox.stripe;

import org.jspecify.annotations.NullMarked;
