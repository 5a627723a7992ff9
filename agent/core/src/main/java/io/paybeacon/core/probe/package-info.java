/** What synthetic transactions found, a probe at a time. */
@NullMarked
package io.paybeacon.core.probe;

import org.jspecify.annotations.NullMarked;
