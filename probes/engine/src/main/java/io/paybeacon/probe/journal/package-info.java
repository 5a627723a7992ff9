/**
 * The record on disk of every side effect, written before it is sent, so that none is left behind.
 */
@NullMarked
package io.paybeacon.probe.journal;

import org.jspecify.annotations.NullMarked;
