/**
 * What happens in a marketplace, drawn from a seed under a virtual clock: orders, payments,
 * refunds, disputes, payouts, incidents, and the truth about all of it. Pure: it waits for nothing,
 * sends nothing and reads no clock, so that a simulated month takes seconds and a seed gives it
 * again.
 */
@NullMarked
package io.paybeacon.sandbox.market.generate;

import org.jspecify.annotations.NullMarked;
