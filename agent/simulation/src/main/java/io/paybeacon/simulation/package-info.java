/** The simulated marketplace told to an engine on a virtual clock, and what must come of it. */
@NullMarked
package io.paybeacon.simulation;

import org.jspecify.annotations.NullMarked;
