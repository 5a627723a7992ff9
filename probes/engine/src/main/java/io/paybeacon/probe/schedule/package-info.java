/**
 * When probes run: absolute due times, spread by hash, each slot accounted exactly once.
 */
@NullMarked
package io.paybeacon.probe.schedule;

import org.jspecify.annotations.NullMarked;
