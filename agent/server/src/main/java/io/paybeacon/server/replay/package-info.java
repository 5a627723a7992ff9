/** What was told before, told again to an engine of its own, on a clock that the events set. */
@NullMarked
package io.paybeacon.server.replay;

import org.jspecify.annotations.NullMarked;
