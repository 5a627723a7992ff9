/** Deliberate misbehaviour of the fake gateway: what to break, for whom, how often, how long. */
@NullMarked
package io.paybeacon.sandbox.fault;

import org.jspecify.annotations.NullMarked;
