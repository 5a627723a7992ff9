/**
 * Whether the agent itself is well: its network, its name server, its event loops, its clock. What
 * was measured while it was ill says nothing about a gateway.
 */
@NullMarked
package io.paybeacon.probe.health;

import org.jspecify.annotations.NullMarked;
