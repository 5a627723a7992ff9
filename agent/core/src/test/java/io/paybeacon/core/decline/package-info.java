@NullMarked
package io.paybeacon.core.decline;

import org.jspecify.annotations.NullMarked;
