/**
 * Executes one run of a plan against one gateway: steps, recovery, cleanup, budget, webhooks.
 */
@NullMarked
package io.paybeacon.probe.run;

import org.jspecify.annotations.NullMarked;
