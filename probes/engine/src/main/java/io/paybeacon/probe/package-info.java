/**
 * The probe engine: synthetic transactions against payment gateways that leave no money behind.
 */
@NullMarked
package io.paybeacon.probe;

import org.jspecify.annotations.NullMarked;
