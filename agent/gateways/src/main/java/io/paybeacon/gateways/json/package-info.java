/** Reading JSON from strangers: bounded, tolerant of what is not asked for, never throwing. */
@NullMarked
package io.paybeacon.gateways.json;

import org.jspecify.annotations.NullMarked;
