/** Exact money: minor units and a currency, never floating point. */
@NullMarked
package io.paybeacon.core.money;

import org.jspecify.annotations.NullMarked;
