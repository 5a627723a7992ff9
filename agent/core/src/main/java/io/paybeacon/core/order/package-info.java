/** The platform's orders, and the payments that are to pay for them. */
@NullMarked
package io.paybeacon.core.order;

import org.jspecify.annotations.NullMarked;
