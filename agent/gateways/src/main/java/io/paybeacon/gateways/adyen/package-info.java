/** Adyen's standard webhooks; what becomes of what is in MAPPINGS.md. */
@NullMarked
package io.paybeacon.gateways.adyen;

import org.jspecify.annotations.NullMarked;
