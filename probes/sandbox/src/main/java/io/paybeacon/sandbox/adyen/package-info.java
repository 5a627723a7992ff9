/**
 * The fake Adyen: the Checkout API's card payments, their modifications and the standard webhooks
 * about them, written from Adyen's documentation (docs.adyen.com, github.com/Adyen/adyen-openapi
 * CheckoutService-v71) and not from this product's own adapter.
 *
 * <p>Adyen answers a modification with {@code received} and tells the outcome by webhook alone.
 * Here the outcome is decided when the modification is received, and only its webhook is late: no
 * API shows the difference, and the books are never in between.
 */
@NullMarked
package io.paybeacon.sandbox.adyen;

import org.jspecify.annotations.NullMarked;
