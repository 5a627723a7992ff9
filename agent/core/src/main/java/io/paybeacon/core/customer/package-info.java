/** Which payments and orders are a customer's, so that they can be found and forgotten. */
@NullMarked
package io.paybeacon.core.customer;

import org.jspecify.annotations.NullMarked;
