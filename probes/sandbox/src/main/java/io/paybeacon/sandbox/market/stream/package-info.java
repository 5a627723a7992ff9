/** What a simulated marketplace lives through, written to files at high speed, with its truth. */
@NullMarked
package io.paybeacon.sandbox.market.stream;

import org.jspecify.annotations.NullMarked;
