/** What others measure of a gateway, and whether they can be asked. */
@NullMarked
package io.paybeacon.core.source;

import org.jspecify.annotations.NullMarked;
