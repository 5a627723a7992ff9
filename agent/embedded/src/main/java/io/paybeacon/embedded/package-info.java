/** The embedded engine: durable epochs on one machine. */
@NullMarked
package io.paybeacon.embedded;

import org.jspecify.annotations.NullMarked;
