/** The picture of a gateway as a whole. */
@NullMarked
package io.paybeacon.core.gateway;

import org.jspecify.annotations.NullMarked;
