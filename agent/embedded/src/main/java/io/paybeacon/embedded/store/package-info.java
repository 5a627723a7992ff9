/** The cold store: what the log held before its oldest segment, in RocksDB. */
@NullMarked
package io.paybeacon.embedded.store;

import org.jspecify.annotations.NullMarked;
