/** The webhooks of a generic card processor; what becomes of what is in MAPPINGS.md. */
@NullMarked
package io.paybeacon.gateways.card;

import org.jspecify.annotations.NullMarked;
