/** The contract of a stage: a pure function of a state, an event and a context. */
@NullMarked
package io.paybeacon.core.stage;

import org.jspecify.annotations.NullMarked;
