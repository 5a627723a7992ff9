/** Every limit of the sandbox in one place, so that no queue, body, wait or store is unbounded. */
@NullMarked
package io.paybeacon.sandbox.limit;

import org.jspecify.annotations.NullMarked;
