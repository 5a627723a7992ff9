/** The listening ports of a gateway, plain and TLS, with the faults a port can have. */
@NullMarked
package io.paybeacon.sandbox.listen;

import org.jspecify.annotations.NullMarked;
