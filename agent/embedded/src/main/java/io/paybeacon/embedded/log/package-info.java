/** The append log: checksummed records in segment files, and their recovery after a crash. */
@NullMarked
package io.paybeacon.embedded.log;

import org.jspecify.annotations.NullMarked;
