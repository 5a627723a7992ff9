/**
 * The port between the sandbox and a fake gateway: what a kind of gateway gives, and what it gets.
 */
@NullMarked
package io.paybeacon.sandbox.gateway;

import org.jspecify.annotations.NullMarked;
