/** The life of a payment, joined from what gateways say about it. */
@NullMarked
package io.paybeacon.core.payment;

import org.jspecify.annotations.NullMarked;
