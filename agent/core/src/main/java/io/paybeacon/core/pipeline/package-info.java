/** All stages in order: the one package that sees every feature. */
@NullMarked
package io.paybeacon.core.pipeline;

import org.jspecify.annotations.NullMarked;
