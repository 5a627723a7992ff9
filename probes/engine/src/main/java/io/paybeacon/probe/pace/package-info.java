/**
 * How fast a gateway may be asked: a token bucket for attempts and a limit for concurrent runs.
 */
@NullMarked
package io.paybeacon.probe.pace;

import org.jspecify.annotations.NullMarked;
