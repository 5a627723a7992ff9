/**
 * The sandbox: a fake gateway with faults, and a simulated marketplace that uses it, both on this
 * machine and both without any money. It knows the gateway from its public documentation only and
 * shares no code with the adapters it is there to test.
 */
@NullMarked
package io.paybeacon.sandbox;

import org.jspecify.annotations.NullMarked;
