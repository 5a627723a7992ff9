/** Which payment an object of a gateway belongs to. */
@NullMarked
package io.paybeacon.core.identity;

import org.jspecify.annotations.NullMarked;
