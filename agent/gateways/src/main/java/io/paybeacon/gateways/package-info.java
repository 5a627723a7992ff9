/** What the adapters of all gateways share: the port that they implement, and its limits. */
@NullMarked
package io.paybeacon.gateways;

import org.jspecify.annotations.NullMarked;
