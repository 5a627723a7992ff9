/** Measures the embedded engine from bytes to durable, beside a bare decode of the same bytes. */
@NullMarked
package io.paybeacon.bench;

import org.jspecify.annotations.NullMarked;
