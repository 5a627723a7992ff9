/**
 * A simulated marketplace: seeded orders, paid through the fake gateway over real HTTP, with the
 * truth about each remembered, so that a detector can be marked against it.
 */
@NullMarked
package io.paybeacon.sandbox.market;

import org.jspecify.annotations.NullMarked;
