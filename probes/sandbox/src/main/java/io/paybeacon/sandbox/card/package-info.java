/**
 * A card processor of no name: JSON over HTTP, card numbers of a range that no issuer has, ISO 8583
 * response codes, idempotency keys, signed webhooks, over a ledger that says where the money is.
 */
@NullMarked
package io.paybeacon.sandbox.card;

import org.jspecify.annotations.NullMarked;
