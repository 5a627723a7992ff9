/** PayPal's webhooks; what becomes of what is in MAPPINGS.md. */
@NullMarked
package io.paybeacon.gateways.paypal;

import org.jspecify.annotations.NullMarked;
