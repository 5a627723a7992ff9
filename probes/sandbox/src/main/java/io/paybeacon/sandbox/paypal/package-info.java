/**
 * A fake PayPal: access tokens, Orders v2 and Payments v2 with their errors and idempotency, and
 * webhooks signed as PayPal signs them. Written from the public documentation of
 * developer.paypal.com.
 */
@NullMarked
package io.paybeacon.sandbox.paypal;

import org.jspecify.annotations.NullMarked;
