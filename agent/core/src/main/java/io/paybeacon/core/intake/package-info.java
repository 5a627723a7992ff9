/** Input that no feature reads, counted once a message. */
@NullMarked
package io.paybeacon.core.intake;

import org.jspecify.annotations.NullMarked;
