/**
 * Keys of the gateways, and the redaction that keeps them off every surface.
 */
@NullMarked
package io.paybeacon.probe.secret;

import org.jspecify.annotations.NullMarked;
