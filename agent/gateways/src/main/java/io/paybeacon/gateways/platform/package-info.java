/** The platform's own side: what it tells, as CloudEvents 1.0 in JSON, read and written. */
@NullMarked
package io.paybeacon.gateways.platform;

import org.jspecify.annotations.NullMarked;
