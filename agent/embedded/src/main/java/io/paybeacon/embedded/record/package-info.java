/** What an epoch makes durable, as values and as bytes. */
@NullMarked
package io.paybeacon.embedded.record;

import org.jspecify.annotations.NullMarked;
