/**
 * Every limit of the probe engine, named with its unit, in one place.
 */
@NullMarked
package io.paybeacon.probe.limits;

import org.jspecify.annotations.NullMarked;
