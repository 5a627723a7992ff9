/** Versioned binary codecs: how states, events and outputs become bytes and come back. */
@NullMarked
package io.paybeacon.core.codec;

import org.jspecify.annotations.NullMarked;
