/** Stripe: webhooks to events. What is mapped to what, and why, is in MAPPINGS.md beside it. */
@NullMarked
package io.paybeacon.gateways.stripe;

import org.jspecify.annotations.NullMarked;
